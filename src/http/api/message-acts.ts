/** What became of messages over HTTP: who consumed one, consuming it now, entries of queues, traces. */
import { one, paged } from './answer.ts'
import { type Endpoint, endpoint, record, text, whole } from './endpoint.ts'
import { paging } from './page.ts'

const fates: readonly Endpoint[] = [
  endpoint({
    id: 'messageStatus',
    answer: one('MessageStatus'),
    method: 'GET',
    path: '/topics/{topic}/messages/{id}/status',
    scope: 'read',
    summary: 'Which groups have consumed the message',
    run: async ({ admin }, { params }) => ({ body: await admin.messageStatus(params['topic']!, params['id']!) })
  }),
  endpoint<object, { readonly group: string; readonly clientId?: string }>({
    id: 'messageConsumeDirectly',
    answer: one('ConsumedDirectly'),
    method: 'POST',
    path: '/topics/{topic}/messages/{id}:consumeDirectly',
    scope: 'operate',
    summary: 'Hands the message to one consumer, now; offsets stay as they are',
    body: record({ group: text(), clientId: text() }, ['group']),
    run: async ({ admin }, { params, body }) => ({
      body: await admin.consumeDirectly({ ...body, topic: params['topic']!, id: params['id']! })
    })
  }),
  endpoint<{ readonly broker: string; readonly queueId: number; readonly index: number; readonly count: number }>({
    id: 'queueEntries',
    answer: one('QueueEntries'),
    method: 'GET',
    path: '/topics/{topic}/queue-entries',
    scope: 'read',
    summary: 'Entries of a consume queue as they lie there',
    query: {
      broker: text(),
      queueId: whole(0, 65_535),
      index: whole(0),
      count: { ...whole(1, 10_000), default: 10 }
    },
    required: ['broker', 'queueId', 'index'],
    run: async ({ admin }, { params, query }) => {
      const { broker, ...place } = query
      return { body: await admin.queueEntries({ ...place, topic: params['topic']!, brokerName: broker }) }
    }
  })
]

interface TraceQuery {
  readonly traceTopic?: string
  readonly fromMs: number
  readonly toMs: number
  readonly limit: number
}
const window = {
  traceTopic: { ...text(), description: 'topic that holds the traces; RMQ_SYS_TRACE_TOPIC when absent' },
  fromMs: { ...whole(0), default: 0, description: 'store time of the trace, milliseconds since 1970' },
  toMs: { ...whole(0), default: Number.MAX_SAFE_INTEGER },
  limit: paging.limit
}

const tracing: readonly Endpoint[] = [
  endpoint<TraceQuery>({
    id: 'messageTrace',
    answer: one('MessageTrace'),
    method: 'GET',
    path: '/traces/{key}',
    scope: 'read',
    summary: 'What clients wrote down of the message with this id or key',
    query: window,
    run: async ({ admin }, { params, query }) => ({
      body: await admin.messageTrace({ ...query, key: params['key']! })
    })
  }),
  endpoint<TraceQuery & { readonly cursor?: string }>({
    id: 'traceList',
    answer: paged('TracePage'),
    method: 'GET',
    path: '/traces',
    scope: 'read',
    summary: 'All traces of a window of time; `limit` counts messages that hold traces',
    query: { ...window, cursor: paging.cursor },
    run: async ({ admin }, { query }) => ({ body: { next: null, ...(await admin.traces(query)) } })
  })
]

export const messageActEndpoints: readonly Endpoint[] = [...fates, ...tracing]
