/** What goes wrong with a request, as a problem for the caller and a line in the log. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorText } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import { Refused } from './guard.ts'
import { noteOf, pathOf } from './note.ts'
import { type Problem, problemOf, problemOfRequest } from './problem.ts'

export const answerFailures = (app: FastifyInstance, log: Logger): void => {
  app.setNotFoundHandler(async (request, reply) => {
    const sentence = `there is no ${request.method} ${pathOf(request)}; GET /openapi.json lists what there is`
    return send(request, reply, problemOf(new Refused(404, sentence, 'MQ_NOT_FOUND'), 404))
  })
  app.setErrorHandler(async (error, request, reply) => {
    const { id } = noteOf(request)
    const from = { path: pathOf(request), method: request.method, ip: request.raw.socket.remoteAddress, request: id }
    if (error instanceof Refused) {
      log.warn({ ...from, status: error.status, error: error.message }, 'an HTTP request was turned away')
      if (error.status === 401) reply.header('www-authenticate', 'Bearer')
      return send(request, reply, problemOf(error, error.status))
    }
    const known = problemOfRequest(error)
    if (known !== undefined) {
      if (known.status < 500) log.warn({ ...from, status: known.status, error: known.detail }, 'an HTTP request failed')
      return send(request, reply, known)
    }
    log.error({ ...from, error: errorText(error) }, 'an HTTP request failed')
    const hidden = new Refused(500, 'the request failed; the log says why', 'MQ_SERVER_REFUSED')
    return send(request, reply, problemOf(hidden, 500))
  })
}

/** Seconds after which it may go better. */
const retryAfter: ReadonlyMap<number, string> = new Map([
  [429, '5'],
  [503, '5']
])

const send = (request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply => {
  const later = retryAfter.get(problem.status)
  if (later !== undefined) reply.header('retry-after', later)
  const body = { ...problem, instance: pathOf(request), requestId: noteOf(request).id }
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
}
