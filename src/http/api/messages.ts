/** Messages, and those that were parked: dead letters and retries. */
import type { NewMessage } from '../../admin/message-acts.ts'
import { listOf, one, paged } from './answer.ts'
import { dryRun, type Endpoint, endpoint, record, text, whole } from './endpoint.ts'
import { messageActEndpoints } from './message-acts.ts'
import { type PageQuery, page, paging } from './page.ts'

const window = {
  fromMs: { ...whole(0), default: 0, description: 'store time, milliseconds since 1970' },
  toMs: { ...whole(0), default: Number.MAX_SAFE_INTEGER, description: 'not part of the window' }
}
interface Window {
  readonly fromMs: number
  readonly toMs: number
  readonly limit: number
  readonly cursor?: string
}
const { limit, cursor } = paging

const narrowing = {
  tags: { ...text(8192), description: 'only messages with these tags, as `A || B`; not together with a key' },
  queueId: whole(0, 65_535),
  broker: text()
}
interface Narrowing {
  readonly tags?: string
  readonly queueId?: number
  readonly broker?: string
}

const finding: readonly Endpoint[] = [
  endpoint<Window & Narrowing & { readonly key?: string }>({
    id: 'messageQuery',
    answer: paged('MessagePage'),
    method: 'GET',
    path: '/topics/{topic}/messages',
    scope: 'read',
    summary: 'Messages with a key, newest first; or of a window of time, oldest first',
    query: { ...window, ...narrowing, limit, cursor, key: text(1024) },
    async run({ admin }, { params, query }) {
      const { key, broker, ...times } = query
      const topic = params['topic']!
      if (key === undefined) {
        return { body: nextOrNull(await admin.messagesByTime({ topic, ...times, brokerName: broker })) }
      }
      return { body: nextOrNull(await admin.messagesByKey({ topic, key, ...times })) }
    }
  }),
  endpoint({
    id: 'messageGet',
    answer: one('MessageRow'),
    method: 'GET',
    path: '/topics/{topic}/messages/{id}',
    scope: 'read',
    summary: 'A message by its offset id or its unique id',
    run: async ({ admin }, { params }) => ({ body: await admin.messageById(params['topic']!, params['id']!) })
  }),
  endpoint<{ readonly broker: string; readonly queueId: number; readonly offset: number }>({
    id: 'messageAt',
    answer: one('MessageRow'),
    method: 'GET',
    path: '/topics/{topic}/message-at',
    scope: 'read',
    summary: 'A message by its place',
    query: { broker: text(), queueId: whole(0, 65_535), offset: whole(0) },
    required: ['broker', 'queueId', 'offset'],
    run: async ({ admin }, { params, query }) => ({
      body: await admin.messageByOffset(params['topic']!, query.broker, query.queueId, query.offset)
    })
  })
]

const nextOrNull = <Found extends object>(found: Found): object => ({ next: null, ...found })

const sending: readonly Endpoint[] = [
  endpoint<object, Omit<NewMessage, 'topic'>>({
    id: 'messageSend',
    answer: one('SentMessage'),
    method: 'POST',
    path: '/topics/{topic}/messages',
    scope: 'operate',
    summary: 'Sends a message; answers when it is stored',
    idempotent: true,
    body: record(
      {
        body: { type: 'string' },
        bodyEncoding: { enum: ['utf8', 'base64'] },
        keys: text(1024),
        tags: text(),
        properties: { type: 'object', maxProperties: 128, additionalProperties: { type: 'string', maxLength: 16_384 } },
        delayLevel: whole(1, 18),
        queueId: whole(0, 65_535),
        brokerName: text()
      },
      ['body']
    ),
    run: async ({ admin }, { params, body }) => ({
      status: 201,
      body: await admin.sendMessage({ ...body, topic: params['topic']! })
    })
  }),
  endpoint<object, { readonly to?: string } | undefined>({
    id: 'messageResend',
    answer: one('SentMessage'),
    method: 'POST',
    path: '/topics/{topic}/messages/{id}:resend',
    scope: 'operate',
    summary: 'Stores a copy of the message with a new id',
    idempotent: true,
    body: record({ to: text() }),
    run: async ({ admin }, { params, body }) => ({
      status: 201,
      body: await admin.resendMessage({ topic: params['topic']!, id: params['id']!, to: body?.to })
    })
  })
]

const parked: readonly Endpoint[] = (['dlq', 'retry'] as const).flatMap(kind => [
  endpoint<PageQuery>({
    id: `${kind}List`,
    answer: listOf('ParkedRow'),
    method: 'GET',
    path: `/${kind}`,
    scope: 'read',
    summary: kind === 'dlq' ? 'Groups with dead letters' : 'Groups with messages that are tried again',
    query: paging,
    run: async ({ admin }, { query }) => page(await admin.parkedGroups(kind), query, row => row.group)
  }),
  endpoint<Window>({
    id: `${kind}Browse`,
    answer: paged('MessagePage'),
    method: 'GET',
    path: `/${kind}/{group}/messages`,
    scope: 'read',
    summary: 'The messages themselves, oldest first',
    query: { ...window, limit, cursor },
    run: async ({ admin }, { params, query }) => {
      const topic = `%${kind.toUpperCase()}%${params['group']!}`
      return { body: nextOrNull(await admin.messagesByTime({ topic, ...query })) }
    }
  })
])

const replaying = endpoint<
  { readonly dryRun?: boolean },
  Partial<Window> & { readonly to?: string; readonly ids?: readonly string[] }
>({
  id: 'dlqReplay',
  answer: paged('ReplayResult'),
  method: 'POST',
  path: '/dlq/{group}:replay',
  scope: 'operate',
  summary: 'Sends a page of dead letters again; they also stay where they are',
  query: dryRun,
  body: record({ ...window, limit, cursor, to: text(), ids: { type: 'array', items: text(), maxItems: 1000 } }),
  run: async ({ admin }, { params, query, body }) => {
    const { fromMs = 0, toMs = Number.MAX_SAFE_INTEGER, limit: most = 100 } = body
    const wish = { ...body, fromMs, toMs, limit: most, group: params['group']!, dryRun: query.dryRun === true }
    return { body: nextOrNull(await admin.replayDeadLetters(wish)) }
  }
})

export const messageEndpoints: readonly Endpoint[] = [
  ...finding,
  ...sending,
  ...parked,
  replaying,
  ...messageActEndpoints
]
