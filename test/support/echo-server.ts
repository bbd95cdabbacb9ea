/** A remoting server with three routes that are easy to reason about, for tests of the transport. */
import { type Clock, systemClock } from '../../src/kit/clock.ts'
import { MqError } from '../../src/kit/errors.ts'
import { request } from '../../src/protocol/requests/request.ts'
import { int, text } from '../../src/protocol/schema.ts'
import type { RemotingLimits } from '../../src/remoting/limits.ts'
import type { FastLane } from '../../src/remoting/peer.ts'
import { route, router } from '../../src/remoting/router.ts'
import { listen, type RemotingServer } from '../../src/remoting/server.ts'
import { type LogLine, silentLog } from './silent-log.ts'

/** Answers the word and the body that it was sent. */
export const echo = request({ name: 'ECHO', code: 9001, access: 'none', header: { word: text }, reply: { word: text } })
/** Answers a body of that many bytes. */
export const give = request({ name: 'GIVE', code: 9002, access: 'none', header: { bytes: int }, reply: {} })
/** Answers when the test lets it. */
export const hold = request({ name: 'HOLD', code: 9003, access: 'none', header: {}, reply: {} })
/** Throws what the word says. */
export const fail = request({ name: 'FAIL', code: 9004, access: 'none', header: { word: text }, reply: {} })

export interface EchoServer extends RemotingServer {
  readonly log: { readonly lines: readonly LogLine[] }
  /** Requests that HOLD keeps waiting. */
  readonly held: readonly unknown[]
  /** Answers the first so many of them, or all. */
  release(count?: number): void
}

export interface EchoSettings {
  readonly limits?: Partial<RemotingLimits>
  readonly clock?: Clock
  readonly fastLane?: FastLane
}

export const echoServer = async ({ limits, clock, fastLane }: EchoSettings = {}): Promise<EchoServer> => {
  const log = silentLog()
  const held: (() => void)[] = []
  const routes = [
    route(echo, ({ word }, { body }) => ({ header: { word }, body })),
    route(give, ({ bytes }) => ({ body: Buffer.alloc(bytes, 1) })),
    route(hold, () => new Promise<Record<string, never>>(resolve => held.push(() => resolve({})))),
    route(fail, ({ word }) => {
      if (word === 'ours') throw new Error('a bug')
      if (word === 'huge') return { remark: 'x'.repeat(300_000) }
      throw new MqError(word as 'MQ_TOO_BUSY', 'what is wrong and why')
    })
  ]
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    router: router(routes),
    clock: clock ?? systemClock,
    log,
    what: 'a test',
    ...(limits === undefined ? {} : { limits }),
    ...(fastLane === undefined ? {} : { fastLane })
  })
  const release = (count = held.length): void => {
    for (const answer of held.splice(0, count)) answer()
  }
  return Object.assign(server, { log, held, release })
}
