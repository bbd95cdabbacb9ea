/**
 * A remoting client: one connection an address, opened when first needed and again after a loss, with growing, jittered
 * pauses between failed attempts. Heartbeats are the caller's. Java: NettyRemotingClient.
 */
import { connect, type Socket } from 'node:net'
import { type Clock, pause } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { type Command, emptyBody } from '../protocol/command.ts'
import type { HeaderOf, Request } from '../protocol/requests/request.ts'
import { parseAddress, plainHost } from './address.ts'
import { canShare, type OnBytes, onread } from './adopt.ts'
import { busy } from './calls.ts'
import { Connection } from './connection.ts'
import { defaultClientLimits, type RemotingLimits } from './limits.ts'
import { Notices } from './notices.ts'
import { FlushQueue, SlabPool } from './output.ts'
import type { Peer } from './peer.ts'
import type { Router } from './router.ts'
import type { Surroundings } from './surroundings.ts'

export interface ClientSettings {
  readonly clock: Clock
  readonly log: Logger
  /** Answers requests that servers send; without it they get code 3. */
  readonly router?: Router
  readonly limits?: Partial<RemotingLimits>
  /** 0 <= x < 1; spreads reconnects, so that a thousand clients do not come back in the same instant. */
  readonly random?: () => number
}

export interface RemotingClient {
  /**
   * Sends a request and waits for its answer, of whatever code. Rejects with MQ_CONNECT_FAILED, MQ_CONNECTION_CLOSED,
   * MQ_TIMEOUT, MQ_TOO_BUSY.
   */
  invoke<Q extends Request>(
    address: string,
    request: Q,
    header: HeaderOf<Q>,
    body: Buffer,
    timeoutMs: number
  ): Promise<Command>
  /** Resolves when the request has been queued. Rejects with MQ_CONNECT_FAILED, MQ_TOO_BUSY. */
  oneWay<Q extends Request>(address: string, request: Q, header: HeaderOf<Q>, body?: Buffer): Promise<void>
  /** The connection to an address, opened if need be. Rejects with MQ_CONNECT_FAILED. */
  peer(address: string): Promise<Peer>
  /** Sends what is queued and closes all connections. Never rejects. */
  close(): Promise<void>
}

const firstPauseMs = 100
const longestPauseMs = 3_000
const sweepPeriodMs = 1_000
const failuresMax = 1_000

/** After a failure: no new attempt before `retryAt` of the monotonic clock. */
interface Failure {
  readonly pauseMs: number
  readonly retryAt: number
  readonly error: MqError
}

class OpenClient implements RemotingClient {
  readonly #around: Surroundings
  readonly #random: () => number
  readonly #opening = new Map<string, Promise<Connection>>()
  readonly #open = new Map<string, Connection>()
  readonly #failures = new Map<string, Failure>()
  readonly #sweep: { cancel(): void }
  #closed = false

  constructor(around: Surroundings, random: () => number) {
    this.#around = around
    this.#random = random
    this.#sweep = around.clock.every(sweepPeriodMs, () => {
      const now = around.clock.monotonic()
      for (const connection of this.#open.values()) connection.sweep(now)
    })
  }

  async invoke<Q extends Request>(
    address: string,
    request: Q,
    header: HeaderOf<Q>,
    body: Buffer,
    timeoutMs: number
  ): Promise<Command> {
    const open = this.#open.get(address)
    if (open !== undefined && !open.closed) return open.invoke(request, header, body, timeoutMs)
    const began = this.#around.clock.monotonic()
    const connection = await this.#dial(address, timeoutMs)
    const left = Math.max(1, timeoutMs - (this.#around.clock.monotonic() - began))
    return connection.invoke(request, header, body, left)
  }

  async oneWay<Q extends Request>(address: string, request: Q, header: HeaderOf<Q>, body = emptyBody): Promise<void> {
    const connection = await this.#dial(address, this.#around.limits.connectTimeoutMs)
    if (!connection.oneWay(request, header, body)) throw busy(`${request.name} to ${address}`)
  }

  peer(address: string): Promise<Peer> {
    return this.#dial(address, this.#around.limits.connectTimeoutMs)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#sweep.cancel()
    await Promise.allSettled(this.#opening.values())
    const ends = [...this.#open.values()].map(
      connection =>
        new Promise<void>(resolve => {
          connection.onClose(resolve)
          connection.close('the client is closing')
        })
    )
    await Promise.all(ends)
  }

  async #dial(address: string, timeoutMs: number): Promise<Connection> {
    if (this.#closed) throw new MqError('MQ_CONNECTION_CLOSED', 'the client is closed')
    const open = this.#open.get(address)
    if (open !== undefined && !open.closed) return open
    let opening = this.#opening.get(address)
    if (opening === undefined) {
      opening = this.#attempt(address, timeoutMs).finally(() => this.#opening.delete(address))
      this.#opening.set(address, opening)
    }
    return opening
  }

  async #attempt(address: string, timeoutMs: number): Promise<Connection> {
    const { clock, limits } = this.#around
    const last = this.#failures.get(address)
    if (last !== undefined) {
      const wait = last.retryAt - clock.monotonic()
      // Not worth waiting for: the caller would have given up by then.
      if (wait > timeoutMs) throw last.error
      if (wait > 0) await pause(clock, wait)
    }
    try {
      const connection = await this.#connect(address, Math.min(timeoutMs, limits.connectTimeoutMs))
      this.#failures.delete(address)
      return connection
    } catch (error) {
      const pauseMs = Math.min(longestPauseMs, (last?.pauseMs ?? firstPauseMs / 2) * 2)
      const retryAt = clock.monotonic() + pauseMs * (0.5 + this.#random() / 2)
      this.#failures.delete(address)
      this.#failures.set(address, { pauseMs, retryAt, error: error as MqError })
      // Routes name the addresses, so their number is not ours to choose; the oldest failure is forgotten.
      if (this.#failures.size > failuresMax) this.#failures.delete(this.#failures.keys().next().value!)
      throw error
    }
  }

  #connect(address: string, timeoutMs: number): Promise<Connection> {
    const { host, port } = parseAddress(address)
    return new Promise((resolve, reject) => {
      const failed = (why: string, cause?: unknown): void => {
        timer.cancel()
        socket.destroy()
        reject(new MqError('MQ_CONNECT_FAILED', `cannot connect to ${address}: ${why}`, { cause }))
      }
      let receive: OnBytes = () => {}
      const socket: Socket = connect({
        host,
        port,
        ...(canShare ? onread((chunk, length) => receive(chunk, length)) : {})
      })
      const timer = this.#around.clock.after(timeoutMs, () => failed(`no connection within ${timeoutMs} ms`))
      socket.once('error', error => failed(errorText(error), error))
      socket.once('connect', () => {
        timer.cancel()
        socket.removeAllListeners('error')
        socket.setNoDelay(true)
        socket.setKeepAlive(true, 30_000)
        const local = { host: plainHost(socket.localAddress ?? ''), port: socket.localPort ?? 0 }
        const remote = { host: plainHost(socket.remoteAddress ?? host), port }
        const connection = new Connection(socket, { remote, local }, this.#around)
        receive = (chunk, length) => connection.receive(chunk, length)
        if (!canShare) socket.on('data', chunk => connection.receive(chunk, chunk.length))
        this.#open.set(address, connection)
        connection.onClose(() => {
          if (this.#open.get(address) === connection) this.#open.delete(address)
        })
        resolve(connection)
      })
    })
  }
}

export const remotingClient = (settings: ClientSettings): RemotingClient => {
  const { clock, log } = settings
  const limits = { ...defaultClientLimits, ...settings.limits }
  const around = {
    clock,
    log,
    notices: new Notices(clock, log),
    limits,
    router: settings.router ?? new Map(),
    fastLane: undefined,
    slabs: new SlabPool(4 * 1024 * 1024),
    flushes: new FlushQueue(),
    what: 'a RocketMQ client'
  }
  return new OpenClient(around, settings.random ?? (() => 0.5))
}
