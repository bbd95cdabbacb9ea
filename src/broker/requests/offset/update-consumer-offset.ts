/** Answers UPDATE_CONSUMER_OFFSET. The wire side is described in src/protocol/requests/update-consumer-offset.ts. */
import { updateConsumerOffset } from '../../../protocol/requests/update-consumer-offset.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { queueCount } from '../../queue-range.ts'

export const updateConsumerOffsetRoute = (parts: Pick<BrokerParts, 'groups' | 'offsets' | 'store' | 'topics'>): Route =>
  route(updateConsumerOffset, ({ consumerGroup, topic, queueId, commitOffset }) => {
    if (parts.groups.get(consumerGroup) === undefined)
      return { code: responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST, remark: `Group ${consumerGroup} not exist!` }
    const config = parts.topics.get(topic)
    if (config === undefined) return { code: responseCodes.TOPIC_NOT_EXIST, remark: `Topic ${topic} not exist!` }
    if (queueId < 0 || queueId >= queueCount(config)) {
      const remark = `the topic ${topic} has ${queueCount(config)} queues, there is no queue ${queueId}`
      return { code: responseCodes.INVALID_PARAMETER, remark }
    }
    if (parts.offsets.hasReset(consumerGroup, topic, queueId)) return { remark: 'Offset has been previously reset' }
    if (parts.offsets.commit(consumerGroup, topic, queueId, commitOffset)) return {}
    // Java stores such an offset; the group would then wait for messages that were never sent.
    const end = parts.store.maxOffset(topic, queueId)
    const remark = `the offset ${commitOffset} is above the end of queue ${queueId} of ${topic}, which is ${end}`
    return { code: responseCodes.INVALID_PARAMETER, remark }
  })
