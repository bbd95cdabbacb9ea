/** What became of a change at several brokers, as a table; and the end of a command when it failed at some of them. */
import type { BrokerOutcome } from '../admin/shared-rows.ts'
import type { Column } from './table.ts'

export const outcomeColumns: readonly Column<BrokerOutcome>[] = [
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'OUTCOME', value: row => row.outcome },
  { title: 'WHY', value: row => row.error ?? '' }
]

/** Whether it failed at some: then a command exits with 3. */
export const isPartial = (rows: readonly { readonly outcome: string }[]): boolean =>
  rows.some(row => row.outcome === 'failed')
