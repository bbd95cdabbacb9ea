/** Writes what a cluster has as manifests, so that `apply` of them changes nothing; settings and figures of brokers too. */
import type { Admin } from '../../admin/admin.ts'
import type { GroupConfigRow } from '../../admin/group-config-rows.ts'
import type { Listing } from '../../admin/shared-rows.ts'
import type { TopicConfigRow } from '../../admin/topic-rows.ts'
import { mapBounded } from '../../kit/bounded.ts'
import { brokersOf } from '../broker-choice.ts'
import { permWord } from '../perms.ts'
import type { ManifestDocument } from '../result-rows.ts'
import { grouped } from './grouped.ts'
import { apiVersion, groupFields } from './manifest.ts'

export const exportKinds = ['topic', 'group', 'config', 'metrics'] as const
export type ExportKind = (typeof exportKinds)[number]

export interface ExportWish {
  readonly kinds: readonly ExportKind[]
  readonly cluster: string | undefined
  /** Also retry and dead letter topics. */
  readonly special: boolean
}

export const exported = async (
  admin: Admin,
  { kinds, cluster, special }: ExportWish
): Promise<Listing<ManifestDocument>> => {
  const masters = await brokersByCluster(admin)
  if (cluster !== undefined) await brokersOf(admin, cluster)
  const ours = (row: { readonly cluster: string }): boolean => cluster === undefined || row.cluster === cluster
  const warnings: string[] = []
  const rowsOf = async <Row>(asked: Promise<Listing<Row>>): Promise<readonly Row[]> => {
    const listing = await asked
    warnings.push(...listing.warnings)
    return listing.items
  }
  const items: ManifestDocument[] = []
  for (const kind of exportKinds) {
    if (!kinds.includes(kind)) continue
    if (kind === 'topic') {
      const left = special ? ['SYSTEM'] : ['SYSTEM', 'RETRY', 'DLQ']
      const rows = (await rowsOf(admin.topicConfigs())).filter(row => ours(row) && !left.includes(row.type))
      items.push(
        ...documents(
          'Topic',
          grouped(rows, row => row.topic),
          masters,
          topicSpec
        )
      )
    } else if (kind === 'group') {
      const rows = (await rowsOf(admin.groupConfigs())).filter(row => ours(row) && !row.system)
      items.push(
        ...documents(
          'ConsumerGroup',
          grouped(rows, row => row.group),
          masters,
          groupSpec
        )
      )
    } else if (kind === 'config') items.push(...(await configs(admin, cluster)))
    else items.push(...(await rowsOf(admin.brokerStats({ cluster }))).map(metrics))
  }
  return { items, warnings: [...new Set(warnings)] }
}

const brokersByCluster = async (admin: Admin): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { items } = await admin.clusters()
  const masters = items.filter(row => row.brokerId === 0)
  return new Map(
    [...grouped(masters, row => row.cluster)].map(([name, rows]) => [name, rows.map(row => row.brokerName)])
  )
}

/** One document where all brokers of a cluster agree; otherwise one for those that do, with their names. */
const documents = <Row extends { readonly brokerName: string; readonly cluster: string }>(
  kind: string,
  byName: ReadonlyMap<string, readonly Row[]>,
  masters: ReadonlyMap<string, readonly string[]>,
  specOf: (row: Row) => Readonly<Record<string, unknown>>
): ManifestDocument[] =>
  [...byName].flatMap(([name, rows]) =>
    [...grouped(rows, row => `${row.cluster}\n${JSON.stringify(specOf(row))}`).values()].map(alike => {
      const cluster = alike[0]!.cluster
      const brokers = alike.map(row => row.brokerName)
      const everywhere = brokers.length === masters.get(cluster)?.length
      const metadata = {
        name,
        ...(masters.size > 1 ? { cluster } : {}),
        ...(everywhere ? {} : { brokers })
      }
      return { apiVersion, kind, metadata, spec: specOf(alike[0]!) }
    })
  )

const topicSpec = ({ readQueueNums, writeQueueNums, perm, order, attributes }: TopicConfigRow) => {
  const { 'message.type': type, ...others } = attributes
  return {
    ...(type === undefined ? {} : { type }),
    ...(readQueueNums === writeQueueNums
      ? { queues: readQueueNums }
      : { readQueues: readQueueNums, writeQueues: writeQueueNums }),
    perm: permWord(perm),
    order,
    attributes: others
  }
}

const groupSpec = (row: GroupConfigRow) =>
  Object.fromEntries(Object.entries(groupFields).map(([name, field]) => [name, row[field]]))

const configs = async (admin: Admin, cluster: string | undefined): Promise<ManifestDocument[]> =>
  mapBounded(await brokersOf(admin, cluster), async name => {
    const entries = await admin.brokerConfig(name)
    const spec = Object.fromEntries(entries.map(({ key, value }) => [key, value]))
    return { apiVersion, kind: 'BrokerConfig', metadata: { name }, spec }
  })

const metrics = (row: Awaited<ReturnType<Admin['brokerStats']>>['items'][number]): ManifestDocument => {
  const { brokerName: name, cluster, ...spec } = row
  return { apiVersion, kind: 'BrokerMetrics', metadata: { name, cluster }, spec }
}
