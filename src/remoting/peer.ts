/**
 * The other end of a connection, as handlers and clients see it: no socket, no buffer management.
 * Requests run in both directions over one connection.
 */
import type { Command } from '../protocol/command.ts'
import type { HeaderOf, Request } from '../protocol/requests/request.ts'

export interface Endpoint {
  /** IPv4 or IPv6 address in text; IPv4-mapped IPv6 addresses are written as IPv4. */
  readonly host: string
  readonly port: number
}

/** Room for one encoded frame in a peer's output; see `Peer.claim`. */
export interface Claim {
  readonly bytes: Buffer
  /** Where the frame starts in `bytes`. */
  readonly at: number
}

export interface Peer {
  /** Unique in the process, never reused. */
  readonly id: number
  readonly remote: Endpoint
  /** The local end of this very connection: what the peer dialled, NAT aside. */
  readonly local: Endpoint
  readonly closed: boolean

  /** Queues a frame; all frames of a tick leave in one write. Does nothing once closed. */
  send(command: Command): void

  /**
   * Claims `size` bytes of output, to be filled before the next claim on this peer: for answers that are encoded by
   * hand. They leave with the tick's write. Undefined once closed.
   */
  claim(size: number): Claim | undefined

  /**
   * Counts work that was accepted from this peer on the fast lane and is not yet answered: above the limits nothing more
   * is read from it. Held pulls are not work. Each call is paired with one of `leave`; the router's requests count by themselves.
   */
  enter(bytes: number): void
  leave(bytes: number): void

  /**
   * Sends a request to this peer and waits for its answer. Rejects with MQ_TIMEOUT, MQ_CONNECTION_CLOSED, and MQ_TOO_BUSY
   * when too much waits for this peer already.
   */
  invoke<Q extends Request>(request: Q, header: HeaderOf<Q>, body: Buffer, timeoutMs: number): Promise<Command>

  /** Sends a request that has no answer; it is dropped when too much waits for this peer already. */
  oneWay<Q extends Request>(request: Q, header: HeaderOf<Q>, body?: Buffer): void

  /** Runs `listener` once, when the connection is closed by either side; at once if it already is. */
  onClose(listener: () => void): void

  /** Sends what is queued, then closes. */
  close(reason: string): void
}

/**
 * Sees every frame of a connection before it is decoded. Returns true when it has taken care of the frame; false hands
 * it to the general codec and the router. `chunk` is reused after the call: copy what must outlive it.
 * `start` is the first byte after the frame's length field, `end` the first byte after the frame.
 */
export type FastLane = (chunk: Buffer, start: number, end: number, peer: Peer) => boolean
