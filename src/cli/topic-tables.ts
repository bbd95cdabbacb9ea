/** Columns of tables about topics. */
import type {
  QueueOffsetRow,
  TopicChangeRow,
  TopicGroupRow,
  TopicSettings,
  TopicStatsRow
} from '../admin/topic-rows.ts'
import { permWord } from './perms.ts'
import type { Column } from './table.ts'

const settingNames = ['readQueueNums', 'writeQueueNums', 'perm', 'order', 'attributes'] as const

const valueText = (settings: TopicSettings, name: (typeof settingNames)[number]): string => {
  const value = settings[name]
  if (name === 'perm') return permWord(settings.perm)
  if (typeof value !== 'object') return String(value)
  const pairs = Object.entries(value).map(([key, text]) => `${key}=${text}`)
  return pairs.length === 0 ? 'none' : pairs.join(',')
}

/** `perm RW→R, readQueueNums 4→8`. */
export const changesText = (before: TopicSettings, after: TopicSettings): string =>
  settingNames
    .filter(name => valueText(before, name) !== valueText(after, name))
    .map(name => `${name} ${valueText(before, name)}→${valueText(after, name)}`)
    .join(', ')

export const topicChangeColumns: readonly Column<TopicChangeRow>[] = [
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'OUTCOME', value: row => row.outcome },
  { title: 'CHANGE', value: row => row.error ?? (changesText(row.before, row.after) || 'none') }
]

export const offsetColumns = (atTime: boolean): readonly Column<QueueOffsetRow>[] => [
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'QUEUE', value: row => row.queueId, align: 'right' },
  { title: 'MIN OFFSET', value: row => row.minOffset, align: 'right' },
  { title: 'MAX OFFSET', value: row => row.maxOffset, align: 'right' },
  { title: 'MESSAGES', value: row => row.maxOffset - row.minOffset, align: 'right' },
  ...(atTime ? [{ title: 'AT TIME', value: (row: QueueOffsetRow) => row.offsetAtTime, align: 'right' } as const] : []),
  { title: 'LAST MESSAGE', value: row => row.lastUpdate }
]

export const topicGroupColumns: readonly Column<TopicGroupRow>[] = [
  { title: 'GROUP', value: row => row.group },
  { title: 'LAG', value: row => row.lag, align: 'right' },
  { title: 'OUT/S', value: row => row.outTps, align: 'right' },
  { title: 'OUT 24H', value: row => row.outMessages24h, align: 'right' },
  { title: 'LAST CONSUMED', value: row => row.lastConsumed }
]

export const topicStatsColumns: readonly Column<TopicStatsRow>[] = [
  { title: 'TOPIC', value: row => row.topic },
  { title: 'MESSAGES', value: row => row.messages, align: 'right' },
  { title: 'IN/S', value: row => row.inTps, align: 'right' },
  { title: 'IN 24H', value: row => row.inMessages24h, align: 'right' },
  { title: 'BYTES 24H', value: row => row.inBytes24h, align: 'right', wide: true },
  { title: 'OUT/S', value: row => row.outTps, align: 'right' },
  { title: 'OUT 24H', value: row => row.outMessages24h, align: 'right' },
  { title: 'GROUPS', value: row => row.groups.length, align: 'right' },
  { title: 'LAG', value: row => row.lag, align: 'right' }
]
