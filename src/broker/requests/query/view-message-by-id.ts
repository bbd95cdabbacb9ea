/** Answers VIEW_MESSAGE_BY_ID. The wire side is described in src/protocol/requests/view-message-by-id.ts. */
import { viewMessageById } from '../../../protocol/requests/view-message-by-id.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const viewMessageByIdRoute = ({ store }: Pick<BrokerParts, 'store'>): Route =>
  route(viewMessageById, async ({ offset }) => {
    const body = await store.messageAt(offset)
    if (body !== undefined) return { body }
    return { code: responseCodes.SYSTEM_ERROR, remark: `can not find message by the offset, ${offset}` }
  })
