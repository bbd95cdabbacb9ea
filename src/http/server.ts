/**
 * The HTTP side of a daemon: is it alive, can it be used, what does it count. This file is the door of fastify, which
 * is loaded at the first request: it would cost the start of a daemon more than all else together.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'

export interface HttpSettings {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Why the process should be restarted, or undefined. */
  readonly live: () => string | undefined
  /** Why clients should not be sent here, or undefined. */
  readonly ready: () => string | undefined
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  readonly log: Logger
}

export interface HttpServer {
  readonly address: { readonly host: string; readonly port: number }
  close(): Promise<void>
}

/** How long a request may take to arrive. */
const requestMs = 10_000

/** Rejects with MQ_PORT_IN_USE when another process has the port. */
export const startHttp = async (settings: HttpSettings): Promise<HttpServer> => {
  let app: Promise<Loaded> | undefined
  const server = createServer({ requestTimeout: requestMs, headersTimeout: requestMs }, (request, response) => {
    app ??= load(settings)
    app.then(
      loaded => loaded.handle(request, response),
      error => {
        settings.log.error({ error: errorText(error) }, 'the HTTP server could not be loaded')
        response.writeHead(500).end()
      }
    )
  })
  server.maxConnections = connectionsMax
  const port = await listen(server, settings)
  const close = async (): Promise<void> => {
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    server.closeAllConnections()
    await Promise.all([closed, app?.then(loaded => loaded.close())])
  }
  return { address: { host: settings.host, port }, close }
}

const connectionsMax = 256

const listen = (server: Server, { host, log, port }: HttpSettings): Promise<number> =>
  new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(refusal(error, host, port))
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      server.on('error', error => log.warn({ error: errorText(error) }, 'an HTTP connection could not be accepted'))
      const bound = server.address()
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port)
    })
  })

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
