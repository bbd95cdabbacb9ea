/**
 * The HTTP side of a daemon: is it alive, can it be used, what does it count; and the admin API. fastify is loaded at
 * the first request: it would cost the start of a daemon more than all else together. Probes and the API are two
 * servers inside, so that probes neither load the API nor meet its guard.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { ListenOptions } from 'node:net'
import { dirname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import type { Api, ApiSettings } from './api/api.ts'

export interface HttpSettings {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Why the process should be restarted, or undefined. */
  readonly live: () => string | undefined
  /** Why clients should not be sent here, or undefined. */
  readonly ready: () => string | undefined
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  /** The admin API; absent = only probes and metrics. */
  readonly api?: ApiSettings
  /** Path of a unix socket for the API, open to this user only. */
  readonly socket?: string
  /** How long a request may take to arrive, milliseconds; 10 s when absent. */
  readonly requestMs?: number
  readonly log: Logger
}

export interface HttpServer {
  readonly address: { readonly host: string; readonly port: number }
  close(): Promise<void>
}

const usualRequestMs = 10_000

/** Rejects with MQ_PORT_IN_USE when another process has the port. */
export const startHttp = async (settings: HttpSettings): Promise<HttpServer> => {
  const { log, socket } = settings
  let probes: Promise<Loaded> | undefined
  let api: Promise<Api> | undefined
  const loadedFor = (url: string): Promise<Loaded> => {
    if (settings.api === undefined || !isApiPath(url)) {
      probes ??= load(settings)
      return probes
    }
    api ??= loadApi(settings, settings.api)
    // What could not be opened now may be later.
    api.catch(() => {
      api = undefined
    })
    return api
  }
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    loadedFor(request.url ?? '/').then(
      loaded => loaded.handle(request, response),
      error => {
        log.error({ error: errorText(error) }, 'the HTTP server could not be loaded')
        response.writeHead(500).end()
      }
    )
  }
  const servers = [await openServer(settings, handle, { host: settings.host, port: settings.port })]
  const bound = servers[0]!.address()
  if (socket !== undefined && settings.api !== undefined) {
    try {
      servers.push(await openServer(settings, handle, { path: socket }))
    } catch (error) {
      servers[0]!.close()
      throw error
    }
  }
  const close = async (): Promise<void> => {
    // What is written of a stream's end goes out before its connection does.
    await api?.then(
      loaded => loaded.endStreams(),
      () => {}
    )
    const closed = servers.map(server => new Promise<void>(resolve => server.close(() => resolve())))
    for (const server of servers) server.closeAllConnections()
    await Promise.all([
      ...closed,
      probes?.then(loaded => loaded.close()),
      api?.then(
        loaded => loaded.close(),
        () => {}
      )
    ])
  }
  const port = typeof bound === 'object' && bound !== null ? bound.port : settings.port
  return { address: { host: settings.host, port }, close }
}

const isApiPath = (url: string): boolean =>
  url.startsWith('/api/') || ['/openapi.json', '/docs'].includes(url.split('?', 1)[0]!)

const loadApi = async ({ host, log }: HttpSettings, api: ApiSettings): Promise<Api> => {
  const { openApiServer } = await import('./api/api.ts')
  return openApiServer({ ...api, host }, log)
}

const connectionsMax = 256

/** A slow or silent caller is cut off a second after its time, not whenever Node looks next (30 s). */
const openServer = async (
  { requestMs = usualRequestMs, log, host, port }: HttpSettings,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  where: ListenOptions
): Promise<Server> => {
  const limits = { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: 1000 }
  const server = createServer({ ...limits, maxHeaderSize: headerBytesMax }, handle)
  server.maxConnections = connectionsMax
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(refusal(error, host, port)))
    if (where.path === undefined) server.listen(where, resolve)
    else listenPrivately(server, where.path, resolve)
  })
  server.removeAllListeners('error')
  server.on('error', error => log.warn({ error: errorText(error) }, 'an HTTP connection could not be accepted'))
  return server
}

/** The socket's file is made for this user only from the first moment: the call makes it before it returns. */
const listenPrivately = (server: Server, path: string, listening: () => void): void => {
  // A broker makes its directory while it opens, which is at the same time.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  rmSync(path, { force: true })
  const before = process.umask(0o177)
  try {
    server.listen(path, listening)
  } finally {
    process.umask(before)
  }
}

const headerBytesMax = 16_384

interface Loaded {
  handle(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

const load = async (settings: HttpSettings): Promise<Loaded> => {
  const { fastify } = await import('fastify')
  const app = fastify({ bodyLimit: 1024 })
  guard(app, settings)
  app.get('/livez', (_request, reply) => state(reply, settings.live()))
  app.get('/readyz', (_request, reply) => state(reply, settings.ready()))
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await settings.metrics()
    return reply.type(contentType).send(text)
  })
  await app.ready()
  return {
    handle: (request, response) => app.routing(request, response),
    close: async () => {
      await app.close()
    }
  }
}

interface Reply {
  code(status: number): Reply
  type(type: string): Reply
  send(text: string): unknown
}

const state = (reply: Reply, fault: string | undefined): unknown =>
  reply
    .code(fault === undefined ? 200 : 503)
    .type('text/plain; charset=utf-8')
    .send(`${fault ?? 'ok'}\n`)

/** Headers for every answer, and plain sentences for what goes wrong. */
const guard = (app: FastifyInstance, { log }: HttpSettings): void => {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send('not found\n'))
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status >= 500) log.error({ path: request.url, error: errorText(error) }, 'an HTTP request failed')
    const text = status >= 500 ? 'the request failed; the log says why' : errorText(error)
    return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`)
  })
}

const refusal = (error: NodeJS.ErrnoException, host: string, port: number): MqError =>
  error.code === 'EADDRINUSE'
    ? new MqError('MQ_PORT_IN_USE', `cannot listen on ${host}:${port}, since another process does`, { cause: error })
    : new MqError('MQ_CONFIG_INVALID', `cannot serve HTTP on ${host}:${port}: ${errorText(error)}`, { cause: error })
