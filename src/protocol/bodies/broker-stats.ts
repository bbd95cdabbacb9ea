/** A figure over the last minute, hour and day. Java: BrokerStatsData, BrokerStatsItem. */
import { record, type ShapeOf, whole } from './shape.ts'
import { double } from './tables.ts'

const item = record({
  sum: whole,
  /** Per second. */
  tps: double,
  /** Per call. */
  avgpt: double
})

export const brokerStatsShape = record({ statsMinute: item, statsHour: item, statsDay: item })
export type BrokerStats = ShapeOf<typeof brokerStatsShape>
