/** What a file of this folder declares: one request code, once. Types, codecs, access and docs derive from it. */
import { bool, type Header, optional, type Schema, text } from '../schema.ts'

/**
 * Who may send a request, for the access check and the docs: an action on the resource that a header field names.
 * `none` = anyone; `admin` = operators; `inner` = brokers and NameServers among themselves.
 */
export type Access =
  | 'none'
  | 'admin'
  | 'inner'
  | {
      readonly action: 'PUB' | 'SUB' | 'GET' | 'LIST' | 'CREATE' | 'UPDATE' | 'DELETE'
      readonly topic?: string
      readonly group?: string
    }

export interface Request<H extends Schema = Schema, R extends Schema = Schema> {
  /** RocketMQ's name of the code, as in Java's RequestCode. */
  readonly name: string
  readonly code: number
  readonly access: Access
  readonly header: H
  /** Header fields of the answer. */
  readonly reply: R
}

/** Fields that every 5.x header class inherits; they are tolerated and usually unused. Java: RpcRequestHeader, TopicRequestHeader. */
export const inherited = {
  ns: optional(text),
  nsd: optional(bool),
  bname: optional(text),
  oway: optional(bool),
  lo: optional(bool)
} as const satisfies Schema

export const request = <const H extends Schema, const R extends Schema>(row: Request<H, R>): Request<H, R> => row

export type HeaderOf<Q> = Q extends Request<infer H, Schema> ? Header<H> : never
export type ReplyHeaderOf<Q> = Q extends Request<Schema, infer R> ? Header<R> : never
