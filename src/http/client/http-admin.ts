/** The administrative acts over the HTTP API: the same interface as over remoting, with equal results. */
import type { Admin } from '../../admin/admin.ts'
import type { Operations } from '../../admin/remoting-operations.ts'
import type { Streams } from '../../admin/stream-rows.ts'
import { Calls, type HttpAdminSettings, path } from './calls.ts'
import { type Groups, groups } from './group-acts.ts'
import { type Messages, messages } from './message-acts.ts'
import { operations } from './operations.ts'
import { streams } from './streams.ts'

type Topics = Pick<Admin, 'topics' | 'createTopic' | 'describeTopic' | 'deleteTopic' | 'topicRoute'>
type Servers = Omit<Admin, keyof Topics | keyof Groups | keyof Messages | keyof Operations | keyof Streams>

export const httpAdmin = (settings: HttpAdminSettings): Admin => {
  const calls = new Calls(settings)
  return {
    ...topics(calls),
    ...groups(calls),
    ...messages(calls),
    ...servers(calls),
    ...operations(calls),
    ...streams(calls)
  }
}

const topics = (calls: Calls): Topics => ({
  topics: () => calls.list('/topics'),
  createTopic: ({ topic, ...body }, { cluster, brokers, existing, wait, dryRun }) =>
    calls.call('PUT', path`/topics/${topic}`, {
      query: { cluster, broker: brokers, existing, wait, dryRun },
      body
    }),
  describeTopic: topic => calls.call('GET', path`/topics/${topic}`),
  deleteTopic: (topic, { cluster, brokers, dryRun }) =>
    calls.call('DELETE', path`/topics/${topic}`, { query: { cluster, broker: brokers, dryRun } }),
  topicRoute: topic => calls.items(path`/topics/${topic}/route`)
})

const servers = (calls: Calls): Servers => {
  const config = (broker: string | undefined): string => path`/brokers/${broker ?? '-'}/config`
  return {
    clusters: () => calls.list('/brokers'),
    brokerConfig: broker => calls.items(config(broker)),
    setBrokerConfig: (broker, entries, { ifMatch, dryRun } = {}) => {
      const headers: Readonly<Record<string, string>> = ifMatch === undefined ? {} : { 'if-match': ifMatch }
      return calls.items(config(broker), { query: { dryRun }, headers, body: { entries } }, 'PATCH')
    },
    clusterHealth: cluster => calls.call('GET', '/health', { query: { cluster } }),
    brokerRuntime: broker => calls.items(path`/brokers/${broker}/runtime`),
    setWritable: (broker, writable, dryRun) =>
      calls.call('POST', `${path`/brokers/${broker}`}:${writable ? 'resume' : 'drain'}`, { query: { dryRun } }),
    namesrvConfig: () => calls.items('/namesrv/config'),
    kv: namespace => calls.items(path`/namesrv/kv/${namespace}`),
    putKv: (namespace, { key, value }, dryRun) =>
      calls.call('PUT', path`/namesrv/kv/${namespace}/${key}`, { query: { dryRun }, body: { value } }),
    deleteKv: (namespace, key, dryRun) =>
      calls.call('DELETE', path`/namesrv/kv/${namespace}/${key}`, { query: { dryRun } })
  }
}
