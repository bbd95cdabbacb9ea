/** Answers GET_CONSUMER_CONNECTION_LIST. The wire side is described in src/protocol/requests/get-consumer-connection-list.ts. */
import { consumerConnectionShape } from '../../../protocol/bodies/connections.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getConsumerConnectionList } from '../../../protocol/requests/get-consumer-connection-list.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { connectionOf } from '../../clients/connections.ts'

export const getConsumerConnectionListRoute = ({ consumers }: Pick<BrokerParts, 'consumers'>): Route =>
  route(getConsumerConnectionList, ({ consumerGroup }) => {
    const group = consumers.get(consumerGroup)
    if (group === undefined) {
      const remark = `the consumer group[${consumerGroup}] not online`
      return { code: responseCodes.CONSUMER_NOT_ONLINE, remark }
    }
    const { consumeType, messageModel, consumeFromWhere } = group
    return {
      body: writeBody(consumerConnectionShape, {
        connectionSet: Array.from(group.members.values(), connectionOf),
        subscriptionTable: group.subscriptions,
        consumeType,
        messageModel,
        consumeFromWhere
      })
    }
  })
