/** Request code → handler. A handler is declared with `route(request, handler)`; header types come from the schema. */
import { type Command, emptyBody } from '../protocol/command.ts'
import type { HeaderOf, ReplyHeaderOf, Request } from '../protocol/requests/request.ts'
import { readHeader, writeHeader } from '../protocol/schema.ts'
import type { Peer } from './peer.ts'

/** What a handler may need beyond its typed header. */
export interface Asked {
  readonly command: Command
  readonly body: Buffer
  readonly peer: Peer
}

/** A handler's answer. Without a code it means SUCCESS (0). */
export interface Reply<R = Readonly<Record<string, unknown>>> {
  readonly code?: number
  readonly remark?: string
  readonly header?: R
  /** Extra fields that no header class declares, such as MSG_REGION. */
  readonly fields?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

/** A reply before it is paired with its request. */
export interface Answer {
  readonly code: number
  readonly remark: string | undefined
  readonly fields: ReadonlyMap<string, string>
  readonly body: Buffer
}

export interface Route {
  readonly request: Request
  /** Undefined: the handler has answered by other means, or never will. */
  answer(asked: Asked): Promise<Answer | undefined>
}

type Handler<Q extends Request> = (
  header: HeaderOf<Q>,
  asked: Asked
) => Reply<ReplyHeaderOf<Q>> | undefined | Promise<Reply<ReplyHeaderOf<Q>> | undefined>

/** Binds a handler to its request. Errors thrown by the handler are turned into answers by the server. */
export const route = <Q extends Request>(request: Q, handler: Handler<Q>): Route => ({
  request,
  async answer(asked) {
    const header = readHeader(request.header, asked.command.fields) as HeaderOf<Q>
    const reply = await handler(header, asked)
    if (reply === undefined) return undefined
    const fields =
      reply.header === undefined ? new Map<string, string>() : writeHeader(request.reply, reply.header as never)
    for (const name in reply.fields) fields.set(name, reply.fields[name]!)
    return { code: reply.code ?? 0, remark: reply.remark, fields, body: reply.body ?? emptyBody }
  }
})

export type Router = ReadonlyMap<number, Route>

/** The table of a server; two handlers for one code are a programming error. */
export const router = (routes: Iterable<Route>): Router => {
  const table = new Map<number, Route>()
  for (const entry of routes) {
    if (table.has(entry.request.code)) throw new Error(`two handlers for request code ${entry.request.code}`)
    table.set(entry.request.code, entry)
  }
  return table
}
