/** What manifests would change: compared with what each broker has. */
import type { Admin } from '../../admin/admin.ts'
import type { GroupConfigRow } from '../../admin/group-config-rows.ts'
import type { TopicConfigRow } from '../../admin/topic-rows.ts'
import { MqError } from '../../kit/errors.ts'
import { permWord } from '../perms.ts'
import type { FieldChange, ManifestRow } from '../result-rows.ts'
import { grouped } from './grouped.ts'
import type { GroupManifest, Manifest, TopicManifest } from './manifest.ts'

/** What a new topic has where its manifest says nothing. */
export const topicDefaults = { readQueueNums: 8, writeQueueNums: 8, perm: 6, order: false } as const

export interface PlannedRow {
  readonly manifest: Manifest
  readonly row: ManifestRow
}

interface World {
  readonly topics: ReadonlyMap<string, readonly TopicConfigRow[]>
  readonly groups: ReadonlyMap<string, readonly GroupConfigRow[]>
  /** Names of masters by cluster. */
  readonly clusters: ReadonlyMap<string, readonly string[]>
}

/** A row for each object and each way in which brokers differ from it. Rejects with MQ_USAGE, MQ_NOT_FOUND. */
export const planOf = async (admin: Admin, manifests: readonly Manifest[]): Promise<PlannedRow[]> => {
  const [topics, groups, processes] = await Promise.all([admin.topicConfigs(), admin.groupConfigs(), admin.clusters()])
  const warnings = [...topics.warnings, ...groups.warnings]
  // Nobody knows what a broker that does not answer would have to change.
  if (warnings.length > 0) throw new MqError('MQ_CONNECT_FAILED', `there is no plan: ${warnings.join('; ')}`)
  const clusters = new Map<string, string[]>()
  for (const { cluster, brokerName, brokerId } of processes.items)
    if (brokerId === 0) clusters.set(cluster, [...(clusters.get(cluster) ?? []), brokerName])
  const world = {
    topics: grouped(topics.items, row => row.topic),
    groups: grouped(groups.items, row => row.group),
    clusters
  }
  const seen = new Set<string>()
  return manifests.flatMap(manifest => {
    for (const place of placesOf(manifest)) {
      if (seen.has(place)) throw new MqError('MQ_USAGE', `${manifest.kind} ${manifest.name} is declared twice`)
      seen.add(place)
    }
    return rowsOf(world, manifest).map(row => ({ manifest, row }))
  })
}

/** Where an object is declared: for each broker once, or for all once. */
const placesOf = (manifest: Manifest): string[] => {
  if (manifest.kind === 'Other') return []
  const { kind, name, cluster = '', brokers } = manifest
  return (brokers ?? ['']).map(broker => [kind, name, cluster, broker].join('\n'))
}

const rowsOf = (world: World, manifest: Manifest): ManifestRow[] => {
  const { kind, name } = manifest
  if (manifest.kind === 'Other')
    return [{ kind: manifest.of, name, brokers: [], action: 'skip', changes: [], outcome: 'skipped' }]
  const rows = new Map<string, ManifestRow & { readonly brokers: string[] }>()
  for (const brokerName of brokersOf(world, manifest)) {
    const { action, changes } =
      manifest.kind === 'Topic'
        ? topicChanges(manifest, onBroker(world.topics.get(name), brokerName))
        : groupChanges(manifest, onBroker(world.groups.get(name), brokerName))
    const key = JSON.stringify([action, changes])
    const outcome = action === 'none' ? 'unchanged' : 'planned'
    const row = rows.get(key) ?? { kind, name, brokers: [], action, changes, outcome }
    row.brokers.push(brokerName)
    rows.set(key, row)
  }
  return [...rows.values()]
}

const onBroker = <Row extends { readonly brokerName: string }>(
  rows: readonly Row[] | undefined,
  brokerName: string
): Row | undefined => rows?.find(row => row.brokerName === brokerName)

const brokersOf = (
  { clusters }: World,
  { kind, name, cluster, brokers }: TopicManifest | GroupManifest
): readonly string[] => {
  const known = [...clusters.keys()].sort()
  if (brokers !== undefined) {
    const all = new Set([...clusters.values()].flat())
    const missing = brokers.find(broker => !all.has(broker))
    if (missing === undefined) return brokers
    throw new MqError('MQ_NOT_FOUND', `${kind} ${name}: there is no broker ${missing} with a master`)
  }
  if (cluster === undefined && known.length > 1)
    throw new MqError('MQ_USAGE', `${kind} ${name}: there are several clusters, so metadata needs a cluster`)
  const found = clusters.get(cluster ?? known[0] ?? '')
  if (found !== undefined) return found
  throw new MqError('MQ_NOT_FOUND', `${kind} ${name}: there is no cluster ${cluster ?? 'at all'}`)
}

type Changes = Pick<ManifestRow, 'action' | 'changes'>

const topicChanges = (wish: TopicManifest, known: TopicConfigRow | undefined): Changes => {
  const changes: FieldChange[] = []
  const compare = (field: string, before: string | undefined, after: string | undefined): void => {
    if (after === before) return
    changes.push({ field, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) })
  }
  const wished = (field: string, before: number | boolean | undefined, after: number | boolean | undefined): void => {
    if (after !== undefined) compare(field, before === undefined ? undefined : String(before), String(after))
  }
  wished('readQueues', known?.readQueueNums, wish.readQueueNums)
  wished('writeQueues', known?.writeQueueNums, wish.writeQueueNums)
  if (wish.perm !== undefined) compare('perm', known && permWord(known.perm), bitsWord(wish.perm))
  wished('order', known?.order, wish.order)
  for (const { name, before, after } of attributeChanges(wish, known?.attributes ?? {})) compare(name, before, after)
  return { action: known === undefined ? 'create' : changes.length > 0 ? 'update' : 'none', changes }
}

const bitsWord = (bits: number): string => ({ 0: '0', 2: 'W', 4: 'R', 6: 'RW' })[bits] ?? String(bits)

/** Attributes that are not named go when `attributes` is there; `type` is the attribute `message.type`. */
const attributeChanges = (
  { type, attributes }: TopicManifest,
  known: Readonly<Record<string, string>>
): { readonly name: string; readonly before?: string; readonly after?: string }[] => {
  const before = new Map(Object.entries(known))
  const after = new Map(attributes === undefined ? before : Object.entries(attributes))
  const kept = type ?? before.get('message.type')
  if (kept !== undefined) after.set('message.type', kept)
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.flatMap(name => {
    const [from, to] = [before.get(name), after.get(name)]
    if (from === to) return []
    return [{ name, ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) }]
  })
}

const groupChanges = ({ settings }: GroupManifest, known: GroupConfigRow | undefined): Changes => {
  const changes = [...settings].flatMap(([field, after]): FieldChange[] => {
    const before = known?.[field]
    if (before === after) return []
    return [{ field, ...(before === undefined ? {} : { before: String(before) }), after: String(after) }]
  })
  return { action: known === undefined ? 'create' : changes.length > 0 ? 'update' : 'none', changes }
}
