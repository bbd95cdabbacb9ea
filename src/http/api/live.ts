/** Live data over HTTP: server-sent events, or NDJSON for who accepts that. */
import { one } from './answer.ts'
import { type Endpoint, endpoint, flag, text } from './endpoint.ts'
import { overviewOf } from './overview.ts'

interface TailQuery {
  readonly from?: 'end' | 'start'
  readonly tags?: string
}

interface WatchQuery {
  readonly intervalMs?: number
}

export const liveEndpoints: readonly Endpoint[] = [
  endpoint<TailQuery>({
    id: 'topicTail',
    method: 'GET',
    path: '/topics/{topic}/messages:tail',
    scope: 'read',
    summary: 'Messages as they are stored; an event id goes into `Last-Event-ID` or `cursor` to go on after it',
    query: {
      from: { enum: ['end', 'start'], description: 'where to begin without a cursor; default end' },
      cursor: { ...text(16_000), description: 'as `Last-Event-ID`' },
      skip: { ...flag, description: 'with a cursor: begin at the end, and tell how many messages were passed over' },
      tags: { ...text(1024), description: 'such as `A || B`' }
    },
    stream: {
      events: 'TailEvent',
      onWatch: false,
      open: ({ admin }, { params, query }, wish) =>
        admin.tail({ topic: params['topic']!, from: query.from, tags: query.tags, ...wish })
    }
  }),
  endpoint<WatchQuery>({
    id: 'brokerFigures',
    answer: one('StatsSnapshot'),
    method: 'GET',
    path: '/brokers/{broker}/stats',
    scope: 'read',
    summary: 'Rates, disk and state of a broker; with `watch` as a stream',
    stream: {
      events: 'StatsEvent',
      onWatch: true,
      open: ({ admin }, { params, query }, { signal }) =>
        admin.watchStats({ broker: params['broker']!, intervalMs: query.intervalMs, signal })
    },
    async run({ admin }, { params }) {
      for await (const look of admin.watchStats({ broker: params['broker']! })) {
        if (look.event === 'stats') return { body: look.data }
      }
      return {}
    }
  }),
  endpoint<WatchQuery>({
    id: 'overview',
    answer: one('Overview'),
    method: 'GET',
    path: '/overview',
    scope: 'read',
    summary: 'Brokers, health and counts in one look; with `watch` the figures of all brokers as a stream',
    stream: {
      events: 'StatsEvent',
      onWatch: true,
      open: ({ admin }, { query }, { signal }) => admin.watchStats({ intervalMs: query.intervalMs, signal })
    },
    run: async ({ admin, clock }) => ({ body: await overviewOf(admin, clock) })
  })
]
