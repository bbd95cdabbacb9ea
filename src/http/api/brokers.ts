/** Brokers and NameServers over HTTP: state, settings, taking out of service, keys of NameServers. */
import { createHash } from 'node:crypto'
import type { ConfigEntry } from '../../admin/admin.ts'
import { MqError } from '../../kit/errors.ts'
import {
  type Answer,
  dryRun,
  type Endpoint,
  endpoint,
  line,
  type PageQuery,
  page,
  paging,
  record,
  text
} from './endpoint.ts'

interface Dry {
  readonly dryRun?: boolean
}

/** `-` stands for the only broker there is. */
const named = (params: Readonly<Record<string, string>>): string | undefined =>
  params['broker'] === '-' ? undefined : params['broker']

const etagOf = (entries: readonly ConfigEntry[]): string =>
  `"${createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22)}"`

const settings = (items: readonly ConfigEntry[]): Answer => ({ headers: { etag: etagOf(items) }, body: { items } })

const brokers: readonly Endpoint[] = [
  endpoint<PageQuery>({
    id: 'brokerList',
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
    method: 'GET',
    path: '/health',
    scope: 'read',
    summary: 'Whether messages can be sent and read, and what stands in the way',
    query: { cluster: text() },
    run: async ({ admin }, { query }) => ({ body: await admin.clusterHealth(query.cluster) })
  }),
  endpoint({
    id: 'brokerRuntime',
    method: 'GET',
    path: '/brokers/{broker}/runtime',
    scope: 'read',
    summary: 'Every figure that the broker tells of itself',
    run: async ({ admin }, { params }) => ({ body: { items: await admin.brokerRuntime(params['broker']!) } })
  }),
  ...(['drain', 'resume'] as const).map(act =>
    endpoint<Dry>({
      id: act === 'drain' ? 'brokerDrain' : 'brokerResume',
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

const configs: readonly Endpoint[] = [
  endpoint({
    id: 'brokerConfig',
    method: 'GET',
    path: '/brokers/{broker}/config',
    scope: 'operate',
    summary: 'All settings; the ETag is for `If-Match` of a change',
    run: async ({ admin }, { params }) => settings(await admin.brokerConfig(named(params)))
  }),
  endpoint<Dry, { readonly entries: readonly ConfigEntry[] }>({
    id: 'brokerConfigPatch',
    method: 'PATCH',
    path: '/brokers/{broker}/config',
    scope: 'admin',
    summary: 'Changes settings at run time: only those that mq marks as safe to change',
    query: dryRun,
    body: record(
      {
        entries: {
          type: 'array',
          minItems: 1,
          maxItems: 256,
          items: record({ key: text(), value: line }, ['key', 'value'])
        }
      },
      ['entries']
    ),
    async run({ admin, configKeys }, { params, query, body, headers }) {
      for (const { key } of body.entries) if (!configKeys.has(key)) throw notHere(key)
      const before = await admin.brokerConfig(named(params))
      const match = headers['if-match']
      if (match !== undefined && match !== '*' && match !== etagOf(before)) {
        throw new MqError(
          'MQ_PRECONDITION_FAILED',
          'the settings have changed since they were read, so nothing was changed'
        )
      }
      if (query.dryRun === true) {
        const keys = new Map(body.entries.map(entry => [entry.key, entry.value]))
        return {
          body: {
            dryRun: true,
            items: before.flatMap(({ key }) => (keys.has(key) ? [{ key, value: keys.get(key) }] : []))
          }
        }
      }
      return { body: { dryRun: false, items: await admin.setBrokerConfig(named(params), body.entries) } }
    }
  })
]

const notHere = (key: string): MqError =>
  new MqError('MQ_NOT_PERMITTED', `the setting ${key} cannot be changed over HTTP, so nothing was changed`)

const kvPath = '/namesrv/kv/{namespace}'
const nameServers: readonly Endpoint[] = [
  endpoint({
    id: 'namesrvConfig',
    method: 'GET',
    path: '/namesrv/config',
    scope: 'operate',
    summary: 'The settings of the NameServer',
    run: async ({ admin }) => settings(await admin.namesrvConfig())
  }),
  endpoint({
    id: 'kvList',
    method: 'GET',
    path: kvPath,
    scope: 'read',
    summary: 'Keys and values of a namespace',
    run: async ({ admin }, { params }) => ({ body: { items: await admin.kv(params['namespace']!) } })
  }),
  endpoint<object, { readonly value: string }>({
    id: 'kvPut',
    method: 'PUT',
    path: `${kvPath}/{key}`,
    scope: 'admin',
    summary: 'Keeps a value at every NameServer',
    body: record({ value: line }, ['value']),
    async run({ admin }, { params, body }) {
      await admin.putKv(params['namespace']!, { key: params['key']!, value: body.value })
      return {}
    }
  }),
  endpoint({
    id: 'kvDelete',
    method: 'DELETE',
    path: `${kvPath}/{key}`,
    scope: 'admin',
    summary: 'Forgets a value at every NameServer',
    async run({ admin }, { params }) {
      await admin.deleteKv(params['namespace']!, params['key']!)
      return {}
    }
  })
]

export const brokerEndpoints: readonly Endpoint[] = [...brokers, ...configs, ...nameServers]
