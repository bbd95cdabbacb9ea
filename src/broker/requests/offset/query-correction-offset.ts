/** Answers QUERY_CORRECTION_OFFSET. The wire side is described in src/protocol/requests/query-correction-offset.ts. */
import { correctionOffsetsShape } from '../../../protocol/bodies/offset-tables.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { queryCorrectionOffset } from '../../../protocol/requests/query-correction-offset.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

/** Java's Long.MAX_VALUE, as near as a number gets. */
const noCorrection = 2 ** 63

export const queryCorrectionOffsetRoute = ({ offsets, store }: Pick<BrokerParts, 'offsets' | 'store'>): Route =>
  route(queryCorrectionOffset, ({ topic, filterGroups, compareGroup }) => {
    const without = new Set((filterGroups ?? '').split(','))
    const least = new Map<number, number>()
    for (const group of offsets.groupsOf(topic)) {
      if (without.has(group)) continue
      for (const [queueId, offset] of offsets.ofGroup(group).get(topic) ?? []) {
        if (offset >= store.minOffset(topic, queueId))
          least.set(queueId, Math.min(offset, least.get(queueId) ?? offset))
      }
    }
    for (const [queueId, offset] of offsets.ofGroup(compareGroup).get(topic) ?? []) {
      const other = least.get(queueId)
      if (other === undefined || other > offset) least.set(queueId, noCorrection)
    }
    return { body: writeBody(correctionOffsetsShape, { correctionOffsets: least }) }
  })
