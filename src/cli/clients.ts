/** `mq client`: who is connected, senders and consumers together. */
import type { Admin } from '../admin/admin.ts'
import type { ClientDescription, ClientRow } from '../admin/client-rows.ts'
import type { MemberDetail } from '../admin/group-acts.ts'
import type { Listing } from '../admin/shared-rows.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { Column } from './table.ts'

export const clientKinds = ['consumer', 'producer'] as const

export const clientColumns: readonly Column<ClientRow>[] = [
  { title: 'CLIENT', value: row => row.clientId },
  { title: 'KIND', value: row => row.kind },
  { title: 'GROUP', value: row => row.group },
  { title: 'ADDRESS', value: row => row.address },
  { title: 'LANGUAGE', value: row => row.language },
  { title: 'VERSION', value: row => row.version },
  { title: 'BROKERS', value: row => row.brokers.join(' '), wide: true }
]

export interface ClientFilter {
  readonly kind: (typeof clientKinds)[number] | undefined
  readonly group: string | undefined
  /** Of consumers those that subscribe it, of producers those that are connected to a broker that has it. */
  readonly topic: string | undefined
  readonly brokers: readonly string[] | undefined
}

export const listClients = async (admin: Admin, filter: ClientFilter): Promise<Listing<ClientRow>> => {
  const { kind, group, topic, brokers } = filter
  const [consumers, producers] = await Promise.all([
    kind === 'producer' ? nobody : admin.consumers(group),
    kind === 'consumer' ? nobody : admin.producers(group)
  ])
  const withTopic =
    topic === undefined ? undefined : new Set((await admin.topicRoute(topic)).map(row => row.brokerName))
  const readers = topic === undefined ? undefined : await groupsOf(admin, consumers.items, topic)
  const rows: ClientRow[] = [
    ...consumers.items
      .filter(row => readers === undefined || readers.has(row.group))
      .map(row => ({ kind: 'consumer' as const, ...row })),
    ...producers.items
      .filter(row => withTopic === undefined || row.brokers.some(name => withTopic.has(name)))
      .map(({ lastSeen: _seen, lastSeenMs: _ms, ...row }) => ({ kind: 'producer' as const, ...row }))
  ]
  const order = (row: ClientRow): string => `${row.clientId}\n${row.kind}\n${row.group}`
  const items = rows
    .filter(row => brokers === undefined || row.brokers.some(name => brokers.includes(name)))
    .sort((left, right) => (order(left) < order(right) ? -1 : 1))
  return { items, warnings: [...new Set([...consumers.warnings, ...producers.warnings])] }
}

const nobody = { items: [], warnings: [] }

/** Those of the groups that subscribe the topic now. */
const groupsOf = async (
  admin: Admin,
  rows: readonly { readonly group: string }[],
  topic: string
): Promise<ReadonlySet<string>> => {
  const names = [...new Set(rows.map(row => row.group))]
  const members = await mapBounded(names, name => admin.groupMembers(name))
  return new Set(
    members.filter(entry => entry.subscriptions.some(row => row.topic === topic)).map(entry => entry.group)
  )
}

/** Rejects with MQ_NOT_FOUND when it is not connected. */
export const describeClient = async (admin: Admin, clientId: string): Promise<ClientDescription> => {
  const { items, warnings } = await listClients(admin, everything)
  const mine = items.filter(row => row.clientId === clientId)
  const [first] = mine
  if (first === undefined) throw noClient(clientId, items)
  const groupsAs = (kind: ClientRow['kind']): string[] => mine.filter(row => row.kind === kind).map(row => row.group)
  const consumerGroups = groupsAs('consumer')
  const failures: string[] = []
  const told = await mapBounded(consumerGroups, async (group): Promise<MemberDetail | undefined> => {
    try {
      return await admin.groupMember({ group, clientId })
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      failures.push(`what it does in ${group} is unknown: ${errorText(error)}`)
      return undefined
    }
  })
  const { address, language, version } = first
  return {
    clientId,
    address,
    language,
    version,
    brokers: [...new Set(mine.flatMap(row => row.brokers))].sort(),
    producerGroups: groupsAs('producer'),
    consumerGroups,
    memberships: told.filter(entry => entry !== undefined),
    warnings: [...warnings, ...failures.sort()]
  }
}

const everything: ClientFilter = { kind: undefined, group: undefined, topic: undefined, brokers: undefined }

const noClient = (clientId: string, rows: readonly ClientRow[]): MqError => {
  const meant = nearest(clientId, [...new Set(rows.map(row => row.clientId))])
  const suggestions = [...(meant === undefined ? [] : [`did you mean ${meant}?`]), 'mq client list shows who is there']
  return new MqError('MQ_NOT_FOUND', `no client ${clientId} is connected`, { suggestions })
}
