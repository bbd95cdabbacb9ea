/** `mq message print --queue-index`: entries of a consume queue as they lie there. */
import type { Admin } from '../admin/admin.ts'
import type { QueueEntryRow } from '../admin/message-acts.ts'
import { MqError } from '../kit/errors.ts'
import type { ListResult } from './command.ts'
import type { Column } from './table.ts'

export interface EntriesFrom {
  readonly topic: string
  readonly queueId: number
  /** Needed when several brokers have the topic. */
  readonly brokerName: string | undefined
  /** First entry; the oldest when absent. */
  readonly index: number | undefined
  readonly count: number
}

/** Most entries of one request. */
const entriesMax = 10_000

export const entryColumns: readonly Column<QueueEntryRow>[] = [
  { title: 'QUEUE', value: row => `${row.brokerName}/${row.queueId}` },
  { title: 'OFFSET', value: row => row.queueOffset, align: 'right' },
  { title: 'COMMIT LOG', value: row => row.physicalOffset, align: 'right' },
  { title: 'SIZE', value: row => row.size, align: 'right' },
  { title: 'TAGS CODE', value: row => row.tagsCode, align: 'right' }
]

export const entriesOf = async (admin: Admin, from: EntriesFrom): Promise<ListResult<QueueEntryRow>> => {
  const { topic, queueId } = from
  const brokerName = from.brokerName ?? (await onlyBroker(admin, topic))
  const count = Math.min(from.count, entriesMax)
  let index = from.index
  if (index === undefined)
    index = (await admin.queueEntries({ topic, brokerName, queueId, index: 0, count: 1 })).minOffset
  const { items, maxOffset } = await admin.queueEntries({ topic, brokerName, queueId, index, count })
  const next = index + items.length
  const more = items.length > 0 && next < maxOffset
  return { items, truncated: more, next: more ? String(next) : null, warnings: [] }
}

const onlyBroker = async (admin: Admin, topic: string): Promise<string> => {
  const names = (await admin.topicRoute(topic)).map(row => row.brokerName)
  if (names.length === 1) return names[0]!
  throw new MqError('MQ_USAGE', `the topic ${topic} is on ${names.join(', ')}; name one with --broker`)
}
