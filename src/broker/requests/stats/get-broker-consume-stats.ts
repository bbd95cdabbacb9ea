/** Answers GET_BROKER_CONSUME_STATS. The wire side is described in src/protocol/requests/get-broker-consume-stats.ts. */
import { pause } from '../../../kit/clock.ts'
import { type ConsumeStats, consumeStatsShape, type OffsetWrapper } from '../../../protocol/bodies/consume-stats.ts'
import type { MessageQueue } from '../../../protocol/bodies/message-queue.ts'
import { list, writeBody } from '../../../protocol/bodies/shape.ts'
import { table } from '../../../protocol/bodies/tables.ts'
import { getBrokerConsumeStats } from '../../../protocol/requests/get-broker-consume-stats.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { isConsumed, progressIn } from '../../groups/group-progress.ts'

type Parts = Pick<
  BrokerParts,
  'clock' | 'consumers' | 'groups' | 'identity' | 'offsets' | 'store' | 'topics' | 'traffic'
>

/** Queues that are looked at before sends and pulls get their turn. */
const queuesPerSlice = 128

export const getBrokerConsumeStatsRoute = (parts: Parts): Route =>
  route(getBrokerConsumeStats, async ({ isOrder }) => {
    const { host, port } = parts.identity.advertised
    const texts: string[] = []
    let totalDiff = 0
    let slice = 0
    for (const { groupName } of [...parts.groups.all()]) {
      const ofGroup: ConsumeStats[] = []
      for (const topic of [...parts.offsets.ofGroup(groupName).keys()]) {
        const config = parts.topics.get(topic)
        if (config === undefined || (isOrder && !config.order) || !isConsumed(parts, groupName, topic)) continue
        const stats = await statsOf(parts, groupName, topic, config.writeQueueNums)
        ofGroup.push(stats)
        for (const { brokerOffset, consumerOffset } of stats.offsetTable.values())
          totalDiff += brokerOffset - consumerOffset
        slice += stats.offsetTable.size
        if (slice < queuesPerSlice) continue
        slice = 0
        await pause(parts.clock, 0)
      }
      // Written a group at a time: thousands of queues at once would hold everybody up.
      texts.push(writeBody(ofGroupShape, new Map([[groupName, ofGroup]])).toString())
    }
    const totals = `"totalDiff":${totalDiff},"totalInflightDiff":0`
    const body = `{"brokerAddr":${JSON.stringify(`${host}:${port}`)},"consumeStatsList":[${texts.join(',')}],${totals}}`
    return { body: Buffer.from(body) }
  })

/** One entry of ConsumeStatsList. */
const ofGroupShape = table(list(consumeStatsShape))

const statsOf = async (parts: Parts, group: string, topic: string, queues: number): Promise<ConsumeStats> => {
  const offsetTable = new Map<MessageQueue, OffsetWrapper>()
  for (let queueId = 0; queueId < queues; queueId++) {
    const queue = { topic, brokerName: parts.identity.brokerName, queueId }
    offsetTable.set(queue, await progressIn(parts, group, topic, queueId))
  }
  return { offsetTable, consumeTps: parts.traffic.groupRate(group, topic) }
}
