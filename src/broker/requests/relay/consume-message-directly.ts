/** Answers CONSUME_MESSAGE_DIRECTLY. The wire side is described in src/protocol/requests/consume-message-directly.ts. */
import { parseOffsetMessageId } from '../../../protocol/message-id.ts'
import { consumeMessageDirectly } from '../../../protocol/requests/consume-message-directly.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { relay } from '../../clients/client-relay.ts'
import { invalid } from '../../topics/topic-change.ts'

type Parts = Pick<BrokerParts, 'consumers' | 'groups' | 'identity' | 'store' | 'topics'>

export const consumeMessageDirectlyRoute = ({ consumers, groups, identity, store, topics }: Parts): Route =>
  route(consumeMessageDirectly, async asked => {
    const { consumerGroup, clientId, msgId } = asked
    if (clientId === undefined || msgId === undefined)
      throw invalid('clientId and msgId must both be given: which consumer is to consume which message')
    const message = await store.messageAt(parseOffsetMessageId(msgId).physicalOffset)
    if (message === undefined)
      return { code: responseCodes.SYSTEM_ERROR, remark: `this broker has no message ${msgId}: is it an offset id?` }
    const topicSysFlag = asked.topic === undefined ? undefined : topics.get(asked.topic)?.topicSysFlag
    const groupSysFlag = groups.get(consumerGroup)?.groupSysFlag
    const header = {
      ...asked,
      brokerName: identity.brokerName,
      ...(topicSysFlag === undefined ? {} : { topicSysFlag }),
      ...(groupSysFlag === undefined ? {} : { groupSysFlag })
    }
    const member = { group: consumerGroup, clientId }
    return relay(consumers, member, { request: consumeMessageDirectly, header, body: message })
  })
