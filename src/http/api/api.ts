/** The server of the admin API: each row of the table behind the guard and under the conventions. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Admin } from '../../admin/admin.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import { queryOf, runRow } from './conventions.ts'
import { docsPage } from './docs-page.ts'
import type { Asked, Endpoint, World } from './endpoint.ts'
import { answerFailures } from './failures.ts'
import { Guard, type GuardSettings } from './guard.ts'
import { Idempotency } from './idempotency.ts'
import { noteOf, pathOf } from './note.ts'
import { openApi, parametersOf } from './openapi.ts'
import { type RateLimit, Rates, usualRate } from './rates.ts'
import type { Scope } from './scopes.ts'
import { StreamClients } from './stream-clients.ts'
import { type StreamLimits, usualStreamLimits } from './stream-writer.ts'
import { checkEndpoints, endpoints } from './table.ts'
import { Tokens } from './tokens.ts'

export interface ApiSettings extends Pick<GuardSettings, 'hostNames'> {
  /** Called at the first request. */
  readonly open: () => Promise<{ readonly admin: Admin; close(): Promise<void> }>
  /** Settings of brokers that may be changed over HTTP. */
  readonly configKeys: ReadonlySet<string>
  /** The same of NameServers. */
  readonly namesrvConfigKeys: ReadonlySet<string>
  readonly tokenFile: string
  /** Of the process. */
  readonly version: string
  readonly clock: Clock
  readonly rate?: RateLimit
  readonly streams?: Partial<StreamLimits>
}

export interface Api {
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Ends the streams, so that connections can close. */
  endStreams(): Promise<void>
  close(): Promise<void>
}

/** Bytes. */
const bodyMax = 1 << 20
export const apiVersion = '1.0.0'

/** Throws when the table has a row that is not fit to be served. */
export const openApiServer = async (settings: ApiSettings & { readonly host: string }, log: Logger): Promise<Api> => {
  checkEndpoints(endpoints)
  const { clock } = settings
  const { admin, close } = await settings.open()
  const tokens = new Tokens(settings.tokenFile)
  const guard = new Guard({ ...settings, now: () => clock.now(), tokens })
  const rates = new Rates(clock, settings.rate ?? usualRate)
  const app = fastify({
    bodyLimit: bodyMax,
    routerOptions: { maxParamLength: 300 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: false } }
  })
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error')
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...headersOfAll, 'x-request-id': noteOf(request).id })
    admit(guard, rates, request)
  })
  app.addHook('onResponse', async (request, reply) => audit(log, request, reply))
  answerFailures(app, log)
  const version = { name: 'mq', version: settings.version, api: apiVersion } as const
  const world: World = {
    admin,
    configKeys: settings.configKeys,
    namesrvConfigKeys: settings.namesrvConfigKeys,
    tokens,
    version,
    clock
  }
  const streams = new StreamClients(clock, { ...usualStreamLimits, ...settings.streams }, log)
  const idempotency = new Idempotency(clock)
  for (const row of endpoints) serve(app, row, world, streams, idempotency)
  const document = openApi(endpoints, apiVersion)
  app.get('/openapi.json', { config: { scope: 'read' } }, async () => document)
  const docs = docsPage(endpoints, apiVersion)
  app.get('/docs', { config: { scope: 'open' } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', docs.policy).send(docs.text)
  )
  await app.ready()
  return {
    handle: (request, response) => app.routing(request, response),
    endStreams: () => streams.close(),
    async close() {
      await app.close()
      await close()
    }
  }
}

const headersOfAll = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY'
}

interface Marked {
  /** `open` = what is in the package anyway, for those without a token too. */
  readonly scope?: Scope | 'open'
}

/** A path that is not there needs the least scope, so that nobody without one learns which are. */
const admit = (guard: Guard, rates: Rates, request: FastifyRequest): void => {
  const { headers, raw } = request
  const caller = {
    ip: raw.socket.remoteAddress,
    host: headers.host,
    hosts: raw.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'host').length,
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site'] as string | undefined,
    authorization: headers.authorization
  }
  const { scope = 'read' } = request.routeOptions.config as Marked
  if (scope === 'open') {
    guard.admitAnyone(caller)
    return
  }
  const bearer = guard.admit(caller, scope)
  noteOf(request).bearer = bearer
  rates.count(bearer.id)
}

/** `/topics/{topic}:purge` → `/topics/:topic(^[^:/]+)::purge`; a name has no colon, so what follows one is the act. */
const routeOf = (path: string): string =>
  `/api/v1${path
    .replace(/\{(\w+)\}:(\w+)$/, ':$1(^[^:/]+)::$2')
    .replace(/([a-z]):([a-z]\w*)$/, '$1::$2')
    .replaceAll(/\{(\w+)\}/g, ':$1')}`

const serve = (
  app: FastifyInstance,
  row: Endpoint,
  world: World,
  streams: StreamClients,
  idempotency: Idempotency
): void => {
  const { method, path, scope, required = [], body } = row
  const names = parametersOf(path)
  app.route({
    method,
    url: routeOf(path),
    config: { scope },
    exposeHeadRoute: row.stream === undefined,
    schema: {
      params: {
        type: 'object',
        required: names,
        properties: Object.fromEntries(names.map(name => [name, { type: 'string', minLength: 1, maxLength: 255 }]))
      },
      querystring: { type: 'object', additionalProperties: false, properties: queryOf(row), required },
      ...(body === undefined ? {} : { body })
    },
    preValidation: async request => {
      const { body: patch, headers } = request
      if (row.mergePatch === undefined || headers['content-type']?.includes('merge-patch') !== true) return
      if (typeof patch === 'object' && patch !== null && !Array.isArray(patch)) request.body = row.mergePatch(patch)
    },
    handler: async (request, reply) => {
      const asked = askedOf(request)
      if (StreamClients.wants(row, asked)) return streams.serve(row, world, asked, request, reply)
      const answer = await runRow(row, world, asked, { url: request.url, note: noteOf(request) }, idempotency)
      reply.headers({ ...answer.headers })
      if (answer.body === undefined) return reply.code(answer.status ?? 204).send()
      return reply.code(answer.status ?? 200).send(answer.body)
    }
  })
}

const askedOf = (request: FastifyRequest): Asked<unknown, unknown> => {
  const { id, scopes } = noteOf(request).bearer!
  return {
    params: request.params as Record<string, string>,
    query: request.query,
    body: request.body,
    headers: request.headers,
    caller: { id, scopes: [...scopes] }
  }
}

/** Who changed what, how it ended, and what it was and is. */
const audit = (log: Logger, request: FastifyRequest, reply: FastifyReply): void => {
  const { id, bearer, before, after } = noteOf(request)
  if (request.method === 'GET' || request.method === 'HEAD' || bearer === undefined) return
  const { method } = request
  const ip = request.raw.socket.remoteAddress
  const dryRun = (request.query as { dryRun?: boolean } | undefined)?.dryRun === true
  log.info(
    { who: bearer.id, ip, method, path: pathOf(request), status: reply.statusCode, dryRun, before, after, request: id },
    'an administrative HTTP request'
  )
}
