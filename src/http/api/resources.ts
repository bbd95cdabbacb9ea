/**
 * What rows are about, by path: the same thing for reading, creating, changing and deleting. From it come ETags,
 * conditions and the hashes of the audit, and what a merge patch (RFC 7396) of it means.
 */
import type { Admin } from '../../admin/admin.ts'
import type { GroupDescription, GroupLag } from '../../admin/group-rows.ts'
import type { TopicDescription } from '../../admin/topic-rows.ts'
import { MqError } from '../../kit/errors.ts'
import type { Endpoint, Resource } from './endpoint.ts'

type Params = Readonly<Record<string, string>>

/** `-` stands for the only broker there is. */
const broker = ({ broker: name }: Params): string | undefined => (name === '-' ? undefined : name)

const kvValue = async (admin: Admin, namespace: string, key: string): Promise<string> => {
  const found = (await admin.kv(namespace)).find(entry => entry.key === key)
  if (found === undefined) throw new MqError('MQ_NOT_FOUND', `there is no ${key} in the namespace ${namespace}`)
  return found.value
}

const offsetsOf = (body: unknown): unknown =>
  (body as GroupLag).queues.map(({ topic, brokerName, queueId, consumerOffset }) => [
    topic,
    brokerName,
    queueId,
    consumerOffset
  ])

/** Counters move by themselves; the settings on each broker are what is changed. */
const topic: Resource = {
  read: ({ admin }, params) => admin.describeTopic(params['topic']!),
  part: body => (body as TopicDescription).brokers
}
const group: Resource = {
  read: ({ admin }, params) => admin.describeGroup(params['group']!),
  part: body => (body as GroupDescription).brokers
}
const offsets: Resource = { read: ({ admin }, params) => admin.groupLag(params['group']!), part: offsetsOf }
const tokens: Resource = { read: async world => world.tokens.list() }

const resources: ReadonlyMap<string, Resource> = new Map([
  ['/topics/{topic}', topic],
  ['/groups/{group}', group],
  ['/groups/{group}:resetOffset', offsets],
  ['/groups/{group}:skip', offsets],
  [
    '/brokers/{broker}/config',
    {
      read: async ({ admin }, params) => ({ items: await admin.brokerConfig(broker(params)) }),
      part: body => (body as { readonly items: unknown }).items,
      whole: true
    }
  ],
  [
    '/namesrv/config',
    {
      read: async ({ admin }) => ({ items: await admin.namesrvConfig() }),
      part: body => (body as { readonly items: unknown }).items,
      whole: true
    }
  ],
  [
    '/namesrv/kv/{namespace}/{key}',
    { read: ({ admin }, params) => kvValue(admin, params['namespace']!, params['key']!) }
  ],
  ['/tokens', tokens],
  ['/tokens/{id}', tokens]
])

const entriesOf = (patch: object): unknown => ({
  entries: Object.entries(patch).map(([key, value]) => ({ key, value }))
})

/** From what a merge patch says to what the row's own body says; the row's schema judges the outcome. */
const patches: ReadonlyMap<string, (patch: object) => unknown> = new Map([
  [
    '/topics/{topic}',
    (patch: object) => {
      const { attributes } = patch as { readonly attributes?: unknown }
      if (typeof attributes !== 'object' || attributes === null) return patch
      const entries = Object.entries(attributes)
      const gone = entries.filter(([, value]) => value === null).map(([name]) => name)
      const set = Object.fromEntries(entries.filter(([, value]) => value !== null))
      return { ...patch, attributes: set, ...(gone.length === 0 ? {} : { removeAttributes: gone }) }
    }
  ],
  ['/brokers/{broker}/config', entriesOf],
  ['/namesrv/config', entriesOf]
])

/** The row with what its path says of it. */
export const withResource = (row: Endpoint): Endpoint => {
  const resource = row.resource ?? resources.get(row.path)
  const mergePatch = row.method === 'PATCH' ? patches.get(row.path) : undefined
  return {
    ...row,
    ...(resource === undefined ? {} : { resource }),
    ...(mergePatch === undefined ? {} : { mergePatch })
  }
}
