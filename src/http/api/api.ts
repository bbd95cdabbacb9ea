/** The server of the admin API: each row of the table behind the guard, errors as problems, changes in the log. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Admin } from '../../admin/admin.ts'
import { errorText } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import type { Endpoint, Scope, World } from './endpoint.ts'
import { Guard, type GuardSettings, Refused } from './guard.ts'
import { openApi, parametersOf } from './openapi.ts'
import { type Problem, problemOf, problemOfRequest } from './problem.ts'
import { checkEndpoints, endpoints } from './table.ts'
import { Tokens } from './tokens.ts'

export interface ApiSettings extends Pick<GuardSettings, 'hostNames' | 'now'> {
  /** Called at the first request. */
  readonly open: () => Promise<{ readonly admin: Admin; close(): Promise<void> }>
  /** Settings of brokers that may be changed over HTTP. */
  readonly configKeys: ReadonlySet<string>
  readonly tokenFile: string
}

export interface Api {
  handle(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/** Bytes. */
const bodyMax = 1 << 20
const apiVersion = '1.0.0'

/** Throws when the table has a row that is not fit to be served. */
export const openApiServer = async (settings: ApiSettings & { readonly host: string }, log: Logger): Promise<Api> => {
  checkEndpoints(endpoints)
  const { admin, close } = await settings.open()
  const guard = new Guard({ ...settings, tokens: new Tokens(settings.tokenFile) })
  const app = fastify({
    bodyLimit: bodyMax,
    routerOptions: { maxParamLength: 300 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: false } }
  })
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async request => admit(guard, request))
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  })
  app.addHook('onResponse', async (request, reply) => audit(log, request, reply))
  failures(app, log)
  const world: World = { admin, configKeys: settings.configKeys }
  for (const row of endpoints) serve(app, row, world)
  const document = openApi(endpoints, apiVersion)
  app.get('/openapi.json', { config: { scope: 'read' } }, async () => document)
  await app.ready()
  return {
    handle: (request, response) => app.routing(request, response),
    async close() {
      await app.close()
      await close()
    }
  }
}

interface Marked {
  scope?: Scope
  who?: string
}

const markOf = (request: FastifyRequest): Marked => request.routeOptions.config as Marked
const bearers = new WeakMap<FastifyRequest, string>()

/** A path that is not there needs the least scope, so that nobody without one learns which are. */
const admit = (guard: Guard, request: FastifyRequest): void => {
  const { headers, raw } = request
  const caller = {
    ip: raw.socket.remoteAddress,
    host: headers.host,
    hosts: raw.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'host').length,
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site'] as string | undefined,
    authorization: headers.authorization
  }
  bearers.set(request, guard.admit(caller, markOf(request).scope ?? 'read').id)
}

/** `/topics/{topic}:purge` → `/topics/:topic(^[^:/]+)::purge`; a name has no colon, so what follows one is the act. */
const routeOf = (path: string): string =>
  `/api/v1${path.replace(/\{(\w+)\}:(\w+)$/, ':$1(^[^:/]+)::$2').replaceAll(/\{(\w+)\}/g, ':$1')}`

const serve = (app: FastifyInstance, row: Endpoint, world: World): void => {
  const { method, path, scope, query = {}, required = [], body } = row
  const names = parametersOf(path)
  app.route({
    method,
    url: routeOf(path),
    config: { scope },
    schema: {
      params: {
        type: 'object',
        required: names,
        properties: Object.fromEntries(names.map(name => [name, { type: 'string', minLength: 1, maxLength: 255 }]))
      },
      querystring: { type: 'object', additionalProperties: false, properties: query, required },
      ...(body === undefined ? {} : { body })
    },
    handler: async (request, reply) => {
      const answer = await row.run(world, {
        params: request.params as Record<string, string>,
        query: request.query,
        body: request.body,
        headers: request.headers
      })
      for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value)
      if (answer.body === undefined) return reply.code(204).send()
      return reply.code(answer.status ?? 200).send(answer.body)
    }
  })
}

const failures = (app: FastifyInstance, log: Logger): void => {
  app.setNotFoundHandler(async (request, reply) => {
    const sentence = `there is no ${request.method} ${pathOf(request)}; GET /openapi.json lists what there is`
    return send(reply, problemOf(new Refused(404, sentence, 'MQ_NOT_FOUND'), 404))
  })
  app.setErrorHandler(async (error, request, reply) => {
    const from = { path: pathOf(request), method: request.method, ip: request.raw.socket.remoteAddress }
    if (error instanceof Refused) {
      log.warn({ ...from, status: error.status, error: error.message }, 'an HTTP request was turned away')
      if (error.status === 401) reply.header('www-authenticate', 'Bearer')
      return send(reply, problemOf(error, error.status))
    }
    const known = problemOfRequest(error)
    if (known !== undefined) {
      if (known.status < 500) log.warn({ ...from, status: known.status, error: known.detail }, 'an HTTP request failed')
      return send(reply, known)
    }
    log.error({ ...from, error: errorText(error) }, 'an HTTP request failed')
    return send(reply, {
      ...problemOf(new Refused(500, 'the request failed; the log says why', 'MQ_SERVER_REFUSED'), 500)
    })
  })
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]!.slice(0, 512)

const send = (reply: FastifyReply, problem: Problem): FastifyReply => {
  if (problem.status === 429) reply.header('retry-after', '5')
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}

/** Who changed what, and how it ended. */
const audit = (log: Logger, request: FastifyRequest, reply: FastifyReply): void => {
  const who = bearers.get(request)
  if (request.method === 'GET' || request.method === 'HEAD' || who === undefined) return
  const { method } = request
  const ip = request.raw.socket.remoteAddress
  const dryRun = (request.query as { dryRun?: boolean } | undefined)?.dryRun === true
  log.info(
    { who, ip, method, path: pathOf(request), status: reply.statusCode, dryRun },
    'an administrative HTTP request'
  )
}
