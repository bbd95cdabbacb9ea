/** Topics over HTTP. */
import type { TopicType } from '../../admin/admin.ts'
import { items, listOf, one } from './answer.ts'
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
const defaults = { readQueueNums: 4, writeQueueNums: 4, perm: 6, order: false, attributes: {} }

interface TopicBody {
  readonly readQueueNums?: number
  readonly writeQueueNums?: number
  readonly perm?: number
  readonly order?: boolean
  readonly attributes?: Readonly<Record<string, string>>
}

export const topicEndpoints: readonly Endpoint[] = [
  endpoint<PageQuery & { readonly type?: TopicType }>({
    id: 'topicList',
    answer: listOf('TopicRow'),
    method: 'GET',
    path: '/topics',
    scope: 'read',
    summary: 'All topics, by name',
    query: { ...paging, type: text(16) },
    async run({ admin }, { query }) {
      const { items, warnings } = await admin.topics()
      const wanted = items.filter(row => query.type === undefined || row.type === query.type)
      return page({ items: wanted, warnings }, query, row => row.topic)
    }
  }),
  endpoint({
    id: 'topicDescribe',
    answer: one('TopicDescription'),
    method: 'GET',
    path: '/topics/{topic}',
    scope: 'read',
    summary: 'Settings on each broker, offsets of each queue, groups',
    run: async ({ admin }, { params }) => ({ body: await admin.describeTopic(params['topic']!) })
  }),
  endpoint({
    id: 'topicRoute',
    answer: items('RouteRow'),
    method: 'GET',
    path: '/topics/{topic}/route',
    scope: 'read',
    summary: 'Which brokers have it, as clients are told',
    run: async ({ admin }, { params }) => ({ body: { items: await admin.topicRoute(params['topic']!) } })
  }),
  endpoint<TargetQuery & { readonly wait: boolean; readonly existing?: 'fail' | 'keep' | 'update' }, TopicBody>({
    id: 'topicPut',
    answer: one('CreatedTopic'),
    method: 'PUT',
    path: '/topics/{topic}',
    scope: 'admin',
    summary: 'Creates the topic, or changes it; `If-None-Match: *` only creates',
    query: {
      ...target,
      ...dryRun,
      wait: { ...flag, default: true, description: 'answer when NameServers give the route' },
      existing: { enum: ['fail', 'keep', 'update'], description: 'what to do when it is there; default update' }
    },
    body: record({ readQueueNums: queues, writeQueueNums: queues, perm: whole(0, 7), order: flag, attributes }),
    async run({ admin }, { params, query, body, headers }) {
      const topic = params['topic']!
      const onlyCreate = headers['if-none-match'] === '*'
      const created = await admin.createTopic(
        { topic, ...defaults, ...body },
        {
          ...targetOf(query),
          existing: onlyCreate ? 'fail' : (query.existing ?? 'update'),
          wait: query.wait,
          dryRun: query.dryRun === true
        }
      )
      const isNew = created.outcome === 'created' && query.dryRun !== true
      const headersOut: Record<string, string> = isNew
        ? { location: `/api/v1/topics/${encodeURIComponent(topic)}` }
        : {}
      return { status: isNew ? 201 : 200, headers: headersOut, body: created }
    }
  }),
  endpoint<TargetQuery>({
    id: 'topicDelete',
    answer: one('DeletedTopic'),
    method: 'DELETE',
    path: '/topics/{topic}',
    scope: 'admin',
    summary: 'Deletes the topic and its messages',
    query: { ...target, ...dryRun },
    async run({ admin }, { params, query }) {
      const dry = query.dryRun === true
      return { body: await admin.deleteTopic(params['topic']!, { ...targetOf(query), dryRun: dry }) }
    }
  })
]
