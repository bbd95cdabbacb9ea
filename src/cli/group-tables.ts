/** How groups, their members and their offsets look in tables. */
import type { GroupRow, LagRow, MemberRow, ResetRow, SubscriptionRow } from '../admin/group-rows.ts'
import type { Column } from './table.ts'

const kinds: ReadonlyMap<string, string> = new Map([
  ['CONSUME_PASSIVELY', 'push'],
  ['CONSUME_ACTIVELY', 'pull'],
  ['CONSUME_POP', 'pop']
])

/** `push`, `pull` or `pop`, for RocketMQ's CONSUME_PASSIVELY and so on. */
export const consumeKind = (consumeType: string | undefined): string | undefined =>
  consumeType === undefined ? undefined : (kinds.get(consumeType) ?? consumeType.toLowerCase())

export const groupColumns: readonly Column<GroupRow>[] = [
  { title: 'GROUP', value: row => row.group },
  { title: 'TYPE', value: row => consumeKind(row.consumeType) },
  { title: 'MODE', value: row => row.messageModel?.toLowerCase() },
  { title: 'MEMBERS', value: row => row.members, align: 'right' },
  { title: 'LAG', value: row => row.lag, align: 'right' },
  { title: 'TPS', value: row => row.consumeTps, align: 'right' },
  { title: 'TOPICS', value: row => row.topics.length, align: 'right' },
  { title: 'TOPIC NAMES', value: row => row.topics.join(' '), wide: true },
  { title: 'BROKERS', value: row => row.brokers.join(' '), wide: true }
]

export const memberColumns: readonly Column<MemberRow>[] = [
  { title: 'CLIENT', value: row => row.clientId },
  { title: 'ADDRESS', value: row => row.address },
  { title: 'LANGUAGE', value: row => row.language },
  { title: 'VERSION', value: row => row.version },
  { title: 'BROKERS', value: row => row.brokers.join(' '), wide: true }
]

export const subscriptionColumns: readonly Column<SubscriptionRow>[] = [
  { title: 'TOPIC', value: row => row.topic },
  { title: 'TYPE', value: row => row.expressionType },
  { title: 'EXPRESSION', value: row => row.expression }
]

export const lagColumns: readonly Column<LagRow & { readonly group: string; readonly clientId?: string }>[] = [
  { title: 'GROUP', value: row => row.group },
  { title: 'TOPIC', value: row => row.topic },
  { title: 'QUEUE', value: row => `${row.brokerName}/${row.queueId}` },
  { title: 'CONSUMED', value: row => row.consumerOffset, align: 'right' },
  { title: 'END', value: row => row.brokerOffset, align: 'right' },
  { title: 'LAG', value: row => row.lag, align: 'right' },
  { title: 'LAST CONSUMED', value: row => row.lastConsumed },
  { title: 'CLIENT', value: row => row.clientId, wide: true }
]

const effects = { replay: 'consumed again', skip: 'skipped', none: 'no change' } as const

export const resetColumns: readonly Column<ResetRow>[] = [
  { title: 'QUEUE', value: row => `${row.brokerName}/${row.queueId}` },
  { title: 'FROM', value: row => row.from, align: 'right' },
  { title: 'TO', value: row => row.to, align: 'right' },
  { title: 'MESSAGES', value: row => row.messages, align: 'right' },
  { title: 'EFFECT', value: row => effects[row.effect] },
  { title: 'OUTCOME', value: row => row.outcome },
  { title: 'MIN', value: row => row.minOffset, align: 'right', wide: true },
  { title: 'MAX', value: row => row.maxOffset, align: 'right', wide: true }
]
