/** Answers GET_ALL_MESSAGE_REQUEST_MODE. The wire side is described in src/protocol/requests/get-all-message-request-mode.ts. */
import { requestModesShape } from '../../../protocol/bodies/request-mode.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getAllMessageRequestMode } from '../../../protocol/requests/get-all-message-request-mode.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getAllMessageRequestModeRoute = ({ requestModes }: Pick<BrokerParts, 'requestModes'>): Route =>
  route(getAllMessageRequestMode, () => ({
    body: writeBody(requestModesShape, { messageRequestModeMap: requestModes.table() })
  }))
