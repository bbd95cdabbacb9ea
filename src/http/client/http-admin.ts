/** The administrative acts over the HTTP API: the same interface as over remoting, with equal results. */
import type { Admin, FoundMessages, MessagePage } from '../../admin/admin.ts'
import type { ReplayResult } from '../../admin/message-acts.ts'
import { Calls, type CallWish, type HttpAdminSettings, path } from './calls.ts'

/** What the answer has besides what the interface gives: the end of the pages. */
const withoutNull = <Page extends object>(page: Page & { readonly next?: unknown }): Page => {
  if (page.next !== null) return page
  const { next: _, ...rest } = page
  return rest as Page
}

type Topics = Pick<Admin, 'topics' | 'createTopic' | 'describeTopic' | 'deleteTopic' | 'topicRoute'>
type Groups = Pick<
  Admin,
  | 'groups'
  | 'describeGroup'
  | 'groupLag'
  | 'groupMembers'
  | 'putGroup'
  | 'deleteGroup'
  | 'resetOffset'
  | 'cloneOffsets'
  | 'consumers'
  | 'producers'
>
type Messages = Pick<
  Admin,
  | 'messagesByKey'
  | 'messageById'
  | 'messageByOffset'
  | 'messagesByTime'
  | 'sendMessage'
  | 'resendMessage'
  | 'parkedGroups'
  | 'replayDeadLetters'
>
type Servers = Omit<Admin, keyof Topics | keyof Groups | keyof Messages>

export const httpAdmin = (settings: HttpAdminSettings): Admin => {
  const calls = new Calls(settings)
  return { ...topics(calls), ...groups(calls), ...messages(calls), ...servers(calls) }
}

const topics = (calls: Calls): Topics => ({
  topics: () => calls.list('/topics'),
  createTopic: ({ topic, ...body }, { cluster, brokers, existing, wait, dryRun }) =>
    calls.call('PUT', path`/topics/${topic}`, {
      query: { cluster, broker: brokers, existing, wait, dryRun },
      body
    }),
  describeTopic: topic => calls.call('GET', path`/topics/${topic}`),
  deleteTopic: async (topic, { cluster, brokers, dryRun }) => {
    const query = { cluster, broker: brokers, dryRun }
    const done = await calls.call<{ readonly brokers: readonly string[] }>('DELETE', path`/topics/${topic}`, { query })
    return done.brokers
  },
  topicRoute: topic => calls.items(path`/topics/${topic}/route`)
})

const groups = (calls: Calls): Groups => ({
  groups: () => calls.list('/groups'),
  describeGroup: group => calls.call('GET', path`/groups/${group}`),
  groupLag: (group, topic) => calls.call('GET', path`/groups/${group}/lag`, { query: { topic } }),
  groupMembers: group => calls.call('GET', path`/groups/${group}/members`),
  putGroup: ({ group, ...body }, { cluster, brokers, existing, dryRun }) =>
    calls.call('PUT', path`/groups/${group}`, { query: { cluster, broker: brokers, existing, dryRun }, body }),
  deleteGroup: (group, { cluster, brokers, dryRun }) =>
    calls.call('DELETE', path`/groups/${group}`, { query: { cluster, broker: brokers, dryRun } }),
  resetOffset: ({ group, dryRun, ...body }) =>
    calls.call('POST', path`/groups/${group}:resetOffset`, { query: { dryRun }, body }),
  cloneOffsets: ({ group, dryRun, ...body }) =>
    calls.call('POST', path`/groups/${group}:cloneOffsets`, { query: { dryRun }, body }),
  consumers: group => calls.list('/consumers', { group }),
  producers: group => calls.list('/producers', { group })
})

const messages = (calls: Calls): Messages => {
  const paged = async <Page extends object>(method: string, address: string, wish: CallWish): Promise<Page> =>
    withoutNull(await calls.call<Page>(method, address, wish))
  return {
    messagesByKey: ({ topic, ...query }) => paged<FoundMessages>('GET', path`/topics/${topic}/messages`, { query }),
    messageById: (topic, id) => calls.call('GET', path`/topics/${topic}/messages/${id}`),
    messageByOffset: (topic, broker, queueId, offset) =>
      calls.call('GET', path`/topics/${topic}/message-at`, { query: { broker, queueId, offset } }),
    messagesByTime: ({ topic, ...query }) =>
      paged<MessagePage>('GET', path`/topics/${topic}/messages`, { query: { ...query } }),
    sendMessage: ({ topic, ...body }) => calls.call('POST', path`/topics/${topic}/messages`, { body }),
    resendMessage: ({ topic, id, ...body }) =>
      calls.call('POST', path`/topics/${topic}/messages/${id}:resend`, { body }),
    parkedGroups: kind => calls.list(`/${kind}`),
    replayDeadLetters: ({ group, dryRun, ...body }) =>
      paged<ReplayResult>('POST', path`/dlq/${group}:replay`, { query: { dryRun }, body })
  }
}

const servers = (calls: Calls): Servers => {
  const config = (broker: string | undefined): string => path`/brokers/${broker ?? '-'}/config`
  return {
    clusters: () => calls.list('/brokers'),
    brokerConfig: broker => calls.items(config(broker)),
    setBrokerConfig: (broker, entries) => calls.items(config(broker), { body: { entries } }, 'PATCH'),
    clusterHealth: cluster => calls.call('GET', '/health', { query: { cluster } }),
    brokerRuntime: broker => calls.items(path`/brokers/${broker}/runtime`),
    setWritable: (broker, writable, dryRun) =>
      calls.call('POST', `${path`/brokers/${broker}`}:${writable ? 'resume' : 'drain'}`, { query: { dryRun } }),
    namesrvConfig: () => calls.items('/namesrv/config'),
    kv: namespace => calls.items(path`/namesrv/kv/${namespace}`),
    putKv: (namespace, { key, value }) => calls.call('PUT', path`/namesrv/kv/${namespace}/${key}`, { body: { value } }),
    deleteKv: (namespace, key) => calls.call('DELETE', path`/namesrv/kv/${namespace}/${key}`)
  }
}
