/** What operators do with topics, brokers, clusters and NameServers beyond looking at them, over HTTP. */
import type { CleanKind } from '../../admin/broker-rows.ts'
import { listOf, one } from './answer.ts'
import {
  dryRun,
  type Endpoint,
  endpoint,
  flag,
  record,
  type TargetQuery,
  target,
  targetOf,
  text,
  whole
} from './endpoint.ts'
import { type PageQuery, page, paging } from './page.ts'

const queues = whole(1, 65_536)
const attributes = { type: 'object', maxProperties: 64, additionalProperties: text(1024) }

interface TopicPatch {
  readonly readQueueNums?: number
  readonly writeQueueNums?: number
  readonly perm?: number
  readonly order?: boolean
  readonly attributes?: Readonly<Record<string, string>>
  readonly removeAttributes?: readonly string[]
}

const place = (row: { readonly brokerName: string; readonly queueId: number }): string =>
  `${row.brokerName}\n${String(row.queueId).padStart(10)}`

const topics: readonly Endpoint[] = [
  endpoint<PageQuery>({
    id: 'topicConfigs',
    answer: listOf('TopicConfigRow'),
    method: 'GET',
    path: '/topic-configs',
    scope: 'read',
    summary: 'Each topic on each broker with its settings',
    query: paging,
    run: async ({ admin }, { query }) =>
      page(await admin.topicConfigs(), query, row => `${row.topic}\n${row.brokerName}`)
  }),
  endpoint<PageQuery>({
    id: 'groupConfigs',
    answer: listOf('GroupConfigRow'),
    method: 'GET',
    path: '/group-configs',
    scope: 'read',
    summary: 'Each consumer group on each broker with its settings',
    query: paging,
    run: async ({ admin }, { query }) =>
      page(await admin.groupConfigs(), query, row => `${row.group}\n${row.brokerName}`)
  }),
  endpoint<TargetQuery, TopicPatch>({
    id: 'topicPatch',
    answer: one('ChangedTopic'),
    method: 'PATCH',
    path: '/topics/{topic}',
    scope: 'admin',
    summary: 'Changes the named settings of a topic on each broker that has it, and leaves the others',
    query: { ...target, ...dryRun },
    body: record({
      readQueueNums: queues,
      writeQueueNums: queues,
      perm: whole(0, 7),
      order: flag,
      attributes,
      removeAttributes: { type: 'array', items: text(), maxItems: 64 }
    }),
    run: async ({ admin }, { params, query, body }) => ({
      body: await admin.changeTopic(
        { topic: params['topic']!, ...body },
        { ...targetOf(query), dryRun: query.dryRun === true }
      )
    })
  }),
  endpoint<PageQuery & { readonly at?: number }>({
    id: 'topicOffsets',
    answer: listOf('QueueOffsetRow'),
    method: 'GET',
    path: '/topics/{topic}/offsets',
    scope: 'read',
    summary: 'First and last offset of each queue, and the offset at a time',
    query: { ...paging, at: { ...whole(0), description: 'milliseconds since 1970' } },
    run: async ({ admin }, { params, query }) =>
      page(await admin.topicOffsets(params['topic']!, query.at), query, place)
  }),
  endpoint<PageQuery>({
    id: 'topicGroups',
    answer: listOf('TopicGroupRow'),
    method: 'GET',
    path: '/topics/{topic}/groups',
    scope: 'read',
    summary: 'Groups that read the topic, and how far they are',
    query: paging,
    run: async ({ admin }, { params, query }) =>
      page(await admin.topicGroups(params['topic']!), query, row => row.group)
  }),
  endpoint<PageQuery>({
    id: 'topicStats',
    answer: listOf('TopicStatsRow'),
    method: 'GET',
    path: '/topics/{topic}/stats',
    scope: 'read',
    summary: 'What goes in and out of a topic, in all and by group',
    query: paging,
    run: async ({ admin }, { params, query }) =>
      page(await admin.topicStats([params['topic']!]), query, row => row.topic)
  }),
  endpoint<PageQuery & { readonly topic?: readonly string[] }>({
    id: 'topicStatsList',
    answer: listOf('TopicStatsRow'),
    method: 'GET',
    path: '/topic-stats',
    scope: 'read',
    summary: 'What goes in and out of topics: the named ones, or all but retry and dead letter topics',
    query: { ...paging, topic: { type: 'array', items: text(), maxItems: 1000 } },
    run: async ({ admin }, { query }) => page(await admin.topicStats(query.topic), query, row => row.topic)
  })
]

const only = (name: string): string | undefined => (name === '-' ? undefined : name)
const process = (row: { readonly brokerName: string; readonly brokerId: number }): string =>
  `${row.brokerName}\n${String(row.brokerId).padStart(20)}`
const changes = { ...target, ...dryRun }
const changed = (query: TargetQuery) => ({ ...targetOf(query), dryRun: query.dryRun === true })

const brokers: readonly Endpoint[] = [
  endpoint<PageQuery & TargetQuery>({
    id: 'brokerStats',
    answer: listOf('BrokerStatsRow'),
    method: 'GET',
    path: '/broker-stats',
    scope: 'read',
    summary: 'Rates and counts of each broker process, with every figure that it tells',
    query: { ...paging, ...target },
    run: async ({ admin }, { query }) =>
      page(await admin.brokerStats(targetOf(query)), query, row => `${row.cluster}\n${process(row)}`)
  }),
  endpoint({
    id: 'brokerDescribe',
    answer: one('BrokerDescription'),
    method: 'GET',
    path: '/brokers/{broker}',
    scope: 'read',
    summary: 'A broker: master and slaves, replication, figures; `-` is the only one',
    run: async ({ admin }, { params }) => ({ body: await admin.describeBroker(only(params['broker']!)) })
  }),
  endpoint<PageQuery & TargetQuery>({
    id: 'brokerHa',
    answer: listOf('HaRow'),
    method: 'GET',
    path: '/broker-replication',
    scope: 'read',
    summary: 'How far slaves are behind their masters',
    query: { ...paging, ...target },
    run: async ({ admin }, { query }) => page(await admin.brokerHa(targetOf(query)), query, process)
  }),
  endpoint({
    id: 'brokerEpochs',
    answer: one('BrokerEpochs'),
    method: 'GET',
    path: '/brokers/{broker}/epochs',
    scope: 'read',
    summary: 'Times between elections, of a broker whose master a controller elects',
    run: async ({ admin }, { params }) => ({ body: await admin.brokerEpochs(only(params['broker']!)) })
  }),
  endpoint({
    id: 'brokerConsumeStats',
    answer: one('BrokerConsumeStats'),
    method: 'GET',
    path: '/brokers/{broker}/consume-stats',
    scope: 'read',
    summary: 'How far every group is in its queues on a broker',
    run: async ({ admin }, { params }) => ({ body: await admin.brokerConsumeStats(only(params['broker']!)) })
  }),
  endpoint<TargetQuery, { readonly kind: CleanKind }>({
    id: 'brokersClean',
    answer: one('BrokerOutcomes'),
    method: 'POST',
    path: '/clean',
    scope: 'operate',
    summary: 'Removes what is past its time or belongs to nothing',
    query: changes,
    body: record({ kind: { enum: ['expired-cq', 'unused-topics', 'expired-log'] } }, ['kind']),
    run: async ({ admin }, { query, body }) => ({ body: await admin.cleanBrokers(body.kind, changed(query)) })
  }),
  endpoint<{ readonly dryRun?: boolean }, { readonly offset: number }>({
    id: 'brokerFlushOffset',
    answer: one('BrokerOutcome'),
    method: 'PUT',
    path: '/brokers/{broker}/flush-offset',
    scope: 'admin',
    summary: "What a slave believes its master's disk to have",
    query: dryRun,
    body: record({ offset: whole(0) }, ['offset']),
    run: async ({ admin }, { params, query, body }) => ({
      body: await admin.resetFlushOffset(params['broker']!, body.offset, query.dryRun === true)
    })
  }),
  endpoint<PageQuery & TargetQuery>({
    id: 'coldFlowList',
    answer: listOf('ColdFlowRow'),
    method: 'GET',
    path: '/cold-flow',
    scope: 'read',
    summary: 'Limits on reads of old messages',
    query: { ...paging, ...target },
    run: async ({ admin }, { query }) => page(await admin.coldFlow(targetOf(query)), query, row => row.brokerName)
  }),
  endpoint<TargetQuery, { readonly threshold: number }>({
    id: 'coldFlowPut',
    answer: one('BrokerOutcomes'),
    method: 'PUT',
    path: '/cold-flow/{group}',
    scope: 'admin',
    summary: 'Limits what a group reads of old messages, bytes',
    query: changes,
    body: record({ threshold: whole(0, 999_999_999_999_999) }, ['threshold']),
    run: async ({ admin }, { params, query, body }) => ({
      body: await admin.setColdFlow(params['group']!, body.threshold, changed(query))
    })
  }),
  endpoint<TargetQuery>({
    id: 'coldFlowDelete',
    answer: one('BrokerOutcomes'),
    method: 'DELETE',
    path: '/cold-flow/{group}',
    scope: 'admin',
    summary: "Takes a group's limit away",
    query: changes,
    run: async ({ admin }, { params, query }) => ({
      body: await admin.setColdFlow(params['group']!, undefined, changed(query))
    })
  }),
  endpoint<TargetQuery, { readonly mode: 'normal' | 'random' }>({
    id: 'readAheadPut',
    answer: one('BrokerOutcomes'),
    method: 'PUT',
    path: '/read-ahead',
    scope: 'admin',
    summary: 'How far the kernel reads ahead in commit log files; brokers of mq have no such mode',
    query: changes,
    body: record({ mode: { enum: ['normal', 'random'] } }, ['mode']),
    run: async ({ admin }, { query, body }) => ({ body: await admin.setReadAhead(body.mode, changed(query)) })
  })
]

const clusters: readonly Endpoint[] = [
  endpoint({
    id: 'clusterDescribe',
    answer: one('ClusterDescription'),
    method: 'GET',
    path: '/clusters/{cluster}',
    scope: 'read',
    summary: 'A cluster at a glance; `-` is the only one',
    run: async ({ admin }, { params }) => ({ body: await admin.describeCluster(only(params['cluster']!)) })
  }),
  endpoint<TargetQuery, { readonly count: number; readonly size: number }>({
    id: 'latency',
    answer: listOf('LatencyRow'),
    method: 'POST',
    path: '/latency',
    scope: 'operate',
    summary: 'Sends messages to each broker and takes the time',
    query: target,
    body: record({ count: whole(1, 10_000), size: whole(1, 4_194_304) }, ['count', 'size']),
    run: async ({ admin }, { query, body }) => {
      const { items, warnings } = await admin.latency({ ...targetOf(query), ...body })
      return { body: { items, truncated: false, next: null, warnings } }
    }
  }),
  endpoint<PageQuery>({
    id: 'nameServerList',
    answer: listOf('NameServerRow'),
    method: 'GET',
    path: '/namesrv',
    scope: 'read',
    summary: 'Each NameServer: whether it answers, and what it knows',
    query: paging,
    run: async ({ admin }, { query }) => page(await admin.nameServers(), query, row => row.address)
  })
]

export const operationEndpoints: readonly Endpoint[] = [...topics, ...brokers, ...clusters]
