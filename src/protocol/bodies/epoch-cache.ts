/** The epochs of a broker that a controller elects masters for. Java: EpochEntryCache, EpochEntry. */
import { list, maybe, record, type ShapeOf, text, whole } from './shape.ts'

const entry = record({ epoch: whole, startOffset: whole, endOffset: whole })

export const epochCacheShape = record({
  clusterName: maybe(text),
  brokerName: maybe(text),
  brokerId: whole,
  epochList: list(entry),
  maxOffset: whole
})
export type EpochCache = ShapeOf<typeof epochCacheShape>
