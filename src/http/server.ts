/**
 * The HTTP side of a daemon: is it alive, can it be used, what does it count. This file is the door of fastify, which
 * is loaded when the server starts and not before.
 */
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

/** Rejects with MQ_PORT_IN_USE when another process has the port. */
export const startHttp = async (settings: HttpSettings): Promise<HttpServer> => {
  const { fastify } = await import('fastify')
  const app = fastify({
    bodyLimit: 1024,
    connectionTimeout: 10_000,
    requestTimeout: 10_000,
    forceCloseConnections: true,
    return503OnClosing: true
  })
  guard(app, settings)
  app.get('/livez', (_request, reply) => state(reply, settings.live()))
  app.get('/readyz', (_request, reply) => state(reply, settings.ready()))
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await settings.metrics()
    return reply.type(contentType).send(text)
  })
  const { host, port } = settings
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw refusal(error as NodeJS.ErrnoException, host, port)
  }
  const bound = app.server.address()
  return {
    address: { host, port: typeof bound === 'object' && bound !== null ? bound.port : port },
    close: () => app.close()
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
