/** Brokers and NameServers over HTTP: state, settings, taking out of service, keys of NameServers. */
import { etagOf } from '../../admin/settings-etag.ts'
import type { ConfigEntry } from '../../admin/shared-rows.ts'
import { MqError } from '../../kit/errors.ts'
import { items, listOf, one } from './answer.ts'
import { type Answer, dryRun, type Endpoint, endpoint, line, record, text } from './endpoint.ts'
import { type PageQuery, page, paging } from './page.ts'

interface Dry {
  readonly dryRun?: boolean
}

/** `-` stands for the only broker there is. */
const named = (params: Readonly<Record<string, string>>): string | undefined =>
  params['broker'] === '-' ? undefined : params['broker']

const settings = (items: readonly ConfigEntry[]): Answer => ({ headers: { etag: etagOf(items) }, body: { items } })

const brokers: readonly Endpoint[] = [
  endpoint<PageQuery>({
    id: 'brokerList',
    answer: listOf('ClusterRow'),
    method: 'GET',
    path: '/brokers',
    scope: 'read',
    summary: 'Each broker process with its rates and disk',
    query: paging,
    run: async ({ admin }, { query }) =>
      page(
        await admin.clusters(),
        query,
        row => `${row.cluster}\n${row.brokerName}\n${String(row.brokerId).padStart(10)}`
      )
  }),
  endpoint<{ readonly cluster?: string }>({
    id: 'clusterHealth',
    answer: one('ClusterHealth'),
    method: 'GET',
    path: '/health',
    scope: 'read',
    summary: 'Whether messages can be sent and read, and what stands in the way',
    query: { cluster: text() },
    run: async ({ admin }, { query }) => ({ body: await admin.clusterHealth(query.cluster) })
  }),
  endpoint({
    id: 'brokerRuntime',
    answer: items('ConfigEntry'),
    method: 'GET',
    path: '/brokers/{broker}/runtime',
    scope: 'read',
    summary: 'Every figure that the broker tells of itself',
    run: async ({ admin }, { params }) => ({ body: { items: await admin.brokerRuntime(params['broker']!) } })
  }),
  ...(['drain', 'resume'] as const).map(act =>
    endpoint<Dry>({
      id: act === 'drain' ? 'brokerDrain' : 'brokerResume',
      answer: one('WritePermission'),
      method: 'POST',
      path: `/brokers/{broker}:${act}`,
      scope: 'operate',
      summary: act === 'drain' ? 'Producers are sent elsewhere' : 'Producers may come back',
      query: dryRun,
      run: async ({ admin }, { params, query }) => ({
        body: await admin.setWritable(params['broker']!, act === 'resume', query.dryRun === true)
      })
    })
  )
]

const entriesBody = record(
  {
    entries: {
      type: 'array',
      minItems: 1,
      maxItems: 256,
      items: record({ key: text(), value: line }, ['key', 'value'])
    }
  },
  ['entries']
)

const configs: readonly Endpoint[] = [
  endpoint({
    id: 'brokerConfig',
    answer: items('ConfigEntry'),
    method: 'GET',
    path: '/brokers/{broker}/config',
    scope: 'operate',
    summary: 'All settings; the ETag is for `If-Match` of a change',
    run: async ({ admin }, { params }) => settings(await admin.brokerConfig(named(params)))
  }),
  endpoint<Dry, { readonly entries: readonly ConfigEntry[] }>({
    id: 'brokerConfigPatch',
    answer: items('ConfigEntry'),
    method: 'PATCH',
    path: '/brokers/{broker}/config',
    scope: 'admin',
    summary: 'Changes settings at run time: only those that mq marks as safe to change',
    query: dryRun,
    body: entriesBody,
    async run({ admin, configKeys }, { params, query, body, headers }) {
      for (const { key } of body.entries) if (!configKeys.has(key)) throw notHere(key)
      const dry = query.dryRun === true
      const match = headers['if-match']
      const ifMatch = typeof match === 'string' ? match : undefined
      const changed = await admin.setBrokerConfig(named(params), body.entries, { ifMatch, dryRun: dry })
      return { body: { dryRun: dry, items: changed } }
    }
  })
]

const notHere = (key: string): MqError =>
  new MqError('MQ_NOT_PERMITTED', `the setting ${key} cannot be changed over HTTP, so nothing was changed`)

const kvPath = '/namesrv/kv/{namespace}'
const nameServers: readonly Endpoint[] = [
  endpoint({
    id: 'namesrvConfig',
    answer: items('ConfigEntry'),
    method: 'GET',
    path: '/namesrv/config',
    scope: 'operate',
    summary: 'The settings of the NameServer',
    run: async ({ admin }) => settings(await admin.namesrvConfig())
  }),
  endpoint<Dry, { readonly entries: readonly ConfigEntry[] }>({
    id: 'namesrvConfigPatch',
    answer: one('NamesrvChange'),
    method: 'PATCH',
    path: '/namesrv/config',
    scope: 'admin',
    summary: 'Changes settings of every NameServer: only those that mq marks as safe to change',
    query: dryRun,
    body: entriesBody,
    async run({ admin, namesrvConfigKeys }, { query, body }) {
      for (const { key } of body.entries) if (!namesrvConfigKeys.has(key)) throw notHere(key)
      return { body: await admin.setNamesrvConfig(body.entries, query.dryRun === true) }
    }
  }),
  endpoint({
    id: 'kvList',
    answer: items('ConfigEntry'),
    method: 'GET',
    path: kvPath,
    scope: 'read',
    summary: 'Keys and values of a namespace',
    run: async ({ admin }, { params }) => ({ body: { items: await admin.kv(params['namespace']!) } })
  }),
  endpoint<Dry, { readonly value: string }>({
    id: 'kvPut',
    method: 'PUT',
    path: `${kvPath}/{key}`,
    scope: 'admin',
    summary: 'Keeps a value at every NameServer',
    query: dryRun,
    body: record({ value: line }, ['value']),
    async run({ admin }, { params, query, body }) {
      await admin.putKv(params['namespace']!, { key: params['key']!, value: body.value }, query.dryRun === true)
      return {}
    }
  }),
  endpoint<Dry>({
    id: 'kvDelete',
    method: 'DELETE',
    path: `${kvPath}/{key}`,
    scope: 'admin',
    summary: 'Forgets a value at every NameServer',
    query: dryRun,
    async run({ admin }, { params, query }) {
      await admin.deleteKv(params['namespace']!, params['key']!, query.dryRun === true)
      return {}
    }
  })
]

export const brokerEndpoints: readonly Endpoint[] = [...brokers, ...configs, ...nameServers]
