/** Answers QUERY_CONSUME_TIME_SPAN. The wire side is described in src/protocol/requests/query-consume-time-span.ts. */
import { consumeTimeSpanShape, type QueueTimeSpan } from '../../../protocol/bodies/consume-time-span.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { queryConsumeTimeSpan } from '../../../protocol/requests/query-consume-time-span.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

type Parts = Pick<BrokerParts, 'clock' | 'identity' | 'offsets' | 'store' | 'topics'>

export const queryConsumeTimeSpanRoute = (parts: Parts): Route =>
  route(queryConsumeTimeSpan, async ({ topic, group }) => {
    const config = parts.topics.get(topic)
    if (config === undefined) return { code: responseCodes.TOPIC_NOT_EXIST, remark: `topic[${topic}] not exist` }
    const consumeTimeSpanSet: QueueTimeSpan[] = []
    for (let queueId = 0; queueId < config.writeQueueNums; queueId++)
      consumeTimeSpanSet.push(await spanOf(parts, group, topic, queueId))
    return { body: writeBody(consumeTimeSpanShape, { consumeTimeSpanSet }) }
  })

/** A group that has consumed nothing waits for the first message; Java then counts its delay from 1970. */
const spanOf = async (parts: Parts, group: string, topic: string, queueId: number): Promise<QueueTimeSpan> => {
  const { store, offsets, clock, identity } = parts
  const timeAt = async (offset: number): Promise<number> => (await store.storeTimeAt(topic, queueId, offset)) ?? -1
  const first = store.minOffset(topic, queueId)
  const end = store.maxOffset(topic, queueId)
  const next = Math.max(first, offsets.get(group, topic, queueId))
  const minTimeStamp = await timeAt(first)
  return {
    messageQueue: { topic, brokerName: identity.brokerName, queueId },
    minTimeStamp,
    maxTimeStamp: await timeAt(end - 1),
    consumeTimeStamp: next > first ? await timeAt(next - 1) : minTimeStamp,
    delayTime: next < end ? Math.max(0, clock.now() - (await timeAt(next))) : 0
  }
}
