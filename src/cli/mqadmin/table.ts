/**
 * The one list of all sub-commands of Apache's mqadmin 5.5.0 and what `mq` has for each. From it derive `mq mqadmin`,
 * the hint for unknown commands, docs/mqadmin.md, and tests that run the commands.
 */
import { nearest } from '../../kit/nearest.ts'
import { brokerRows } from './broker-rows.ts'
import { groupRows } from './group-rows.ts'
import { messageRows } from './message-rows.ts'
import { otherRows } from './other-rows.ts'
import type { MqadminRow } from './row.ts'
import { topicRows } from './topic-rows.ts'

export const mqadminRows: readonly MqadminRow[] = [
  ...topicRows,
  ...groupRows,
  ...messageRows,
  ...brokerRows,
  ...otherRows
]

const byName = new Map(mqadminRows.map(row => [row.name.toLowerCase(), row]))

/** mqadmin takes its names in any case. */
export const mqadminRow = (name: string): MqadminRow | undefined => byName.get(name.toLowerCase())

/** The name that was most likely meant. */
export const nearestMqadminName = (name: string): string | undefined =>
  mqadminRow(nearest(name.toLowerCase(), byName.keys()) ?? '')?.name

/** The words after `mq` that a row's command begins with, such as `topic create --or-update`; undefined without one. */
export const mqWords = (row: MqadminRow): string | undefined => {
  const form = row.forms.at(-1)
  return form && [form.mq, ...form.fixed.filter(word => word !== '--yes')].join(' ')
}
