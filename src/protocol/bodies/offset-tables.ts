/** Offsets by queue or level. Java: ConsumerOffsetSerializeWrapper, DelayOffsetSerializeWrapper, QueryCorrectionOffsetBody. */
import { dataVersionShape, noDataVersion } from './data-version.ts'
import { or, record, type ShapeOf, whole } from './shape.ts'
import { numberTable, table } from './tables.ts'

/** Answer of GET_ALL_CONSUMER_OFFSET: by `topic@group`, then by queue id. */
export const consumerOffsetsShape = record({
  offsetTable: table(numberTable(whole)),
  dataVersion: or(dataVersionShape, noDataVersion)
})
export type ConsumerOffsets = ShapeOf<typeof consumerOffsetsShape>

/** Answer of GET_ALL_DELAY_OFFSET: by delay level. */
export const delayOffsetsShape = record({
  offsetTable: numberTable(whole),
  dataVersion: or(dataVersionShape, noDataVersion)
})
export type DelayOffsets = ShapeOf<typeof delayOffsetsShape>

/** Answer of QUERY_CORRECTION_OFFSET: by queue id. */
export const correctionOffsetsShape = record({ correctionOffsets: numberTable(whole) })
export type CorrectionOffsets = ShapeOf<typeof correctionOffsetsShape>
