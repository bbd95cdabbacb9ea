/** Answers GET_PRODUCER_CONNECTION_LIST. The wire side is described in src/protocol/requests/get-producer-connection-list.ts. */
import { producerConnectionShape } from '../../../protocol/bodies/connections.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getProducerConnectionList } from '../../../protocol/requests/get-producer-connection-list.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { connectionOf } from '../../clients/connections.ts'

export const getProducerConnectionListRoute = ({ producers }: Pick<BrokerParts, 'producers'>): Route =>
  route(getProducerConnectionList, ({ producerGroup }) => {
    const members = producers.get(producerGroup)
    if (members === undefined)
      return { code: responseCodes.SYSTEM_ERROR, remark: `the producer group[${producerGroup}] not exist` }
    const connectionSet = Array.from(members.values(), connectionOf)
    return { body: writeBody(producerConnectionShape, { connectionSet }) }
  })
