/** Answers GET_CONSUMER_RUNNING_INFO. The wire side is described in src/protocol/requests/get-consumer-running-info.ts. */
import { getConsumerRunningInfo } from '../../../protocol/requests/get-consumer-running-info.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { relay } from '../../clients/client-relay.ts'

export const getConsumerRunningInfoRoute = ({ consumers }: Pick<BrokerParts, 'consumers'>): Route =>
  route(getConsumerRunningInfo, (header, { body }) => {
    const member = { group: header.consumerGroup, clientId: header.clientId }
    return relay(consumers, member, { request: getConsumerRunningInfo, header, body })
  })
