/** What is known of a request while it is answered: for the audit line, the headers and the problem. */
import type { FastifyRequest } from 'fastify'
import { secretText } from '../../kit/random.ts'
import type { Bearer } from './tokens.ts'

export interface Note {
  /** `X-Request-Id`: the caller's own, or one that is made up. */
  readonly id: string
  /** Once the guard has let the request in. */
  bearer?: Bearer
  /** Hashes of what is changed. */
  before?: string
  after?: string
}

const notes = new WeakMap<FastifyRequest, Note>()

export const noteOf = (request: FastifyRequest): Note => {
  const known = notes.get(request)
  if (known !== undefined) return known
  const given = request.headers['x-request-id']
  const note = { id: typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : secretText(9) }
  notes.set(request, note)
  return note
}

export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]!.slice(0, 512)
