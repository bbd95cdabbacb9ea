/** A remoting server: accepts connections within its limits and answers their requests. Java: NettyRemotingServer. */
import { createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '../kit/clock.ts'
import { errorText } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { plainHost } from './address.ts'
import { adopt } from './adopt.ts'
import { Connection } from './connection.ts'
import { defaultLimits, type RemotingLimits } from './limits.ts'
import { startListening } from './listening.ts'
import { Notices } from './notices.ts'
import { openFilesMax } from './open-files.ts'
import { FlushQueue, SlabPool } from './output.ts'
import type { Endpoint, FastLane, Peer } from './peer.ts'
import type { Router } from './router.ts'
import type { Surroundings } from './surroundings.ts'

export interface ServerSettings {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  readonly router: Router
  readonly fastLane?: FastLane
  readonly clock: Clock
  readonly log: Logger
  readonly limits?: Partial<RemotingLimits>
  /** Whose port this is, for clients of other protocols: "the NameServer". */
  readonly what?: string
}

export interface RemotingServer {
  readonly address: Endpoint
  readonly peers: ReadonlySet<Peer>
  /** Runs `listener` for each new connection, before anything is read from it. */
  onPeer(listener: (peer: Peer) => void): void
  /** Stops accepting, lets requests in flight be answered, closes. Never rejects. */
  close(): Promise<void>
}

/** All connections together may hold this much incomplete input and untaken output; the largest holder goes first. */
const heldBytesMax = 512 * 1024 * 1024
const sweepPeriodMs = 1_000

class OpenServer implements RemotingServer {
  readonly address: Endpoint
  readonly peers = new Set<Connection>()
  readonly #server: Server
  readonly #around: Surroundings
  readonly #perHost = new Map<string, number>()
  readonly #listeners: ((peer: Peer) => void)[] = []
  readonly #connectionsMax: number
  readonly #sweep: { cancel(): void }
  #closed: Promise<void> | undefined

  constructor(server: Server, address: Endpoint, connectionsMax: number, around: Surroundings) {
    this.#server = server
    this.address = address
    this.#connectionsMax = connectionsMax
    this.#around = around
    this.#sweep = around.clock.every(sweepPeriodMs, () => this.#sweepAll())
    server.on('connection', socket => this.#accept(socket))
    // EMFILE and its like: that connection is lost, the server lives on.
    server.on('error', error => around.notices.warn({ error: errorText(error) }, 'a connection could not be accepted'))
  }

  onPeer(listener: (peer: Peer) => void): void {
    this.#listeners.push(listener)
  }

  close(): Promise<void> {
    this.#closed ??= this.#shut()
    return this.#closed
  }

  #accept(accepted: Socket): void {
    const remote = { host: plainHost(accepted.remoteAddress ?? ''), port: accepted.remotePort ?? 0 }
    const local = { host: plainHost(accepted.localAddress ?? ''), port: accepted.localPort ?? 0 }
    const refusal = this.#closed === undefined ? this.#refusal(remote.host) : 'the server is stopping'
    if (refusal !== undefined || remote.host === '') {
      // No remote address: the peer has gone already.
      if (remote.host !== '') this.#around.notices.warn({ remote, reason: refusal }, 'a connection is refused')
      accepted.destroy()
      return
    }
    const socket = adopt(accepted, (chunk, length) => connection.receive(chunk, length))
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    const connection = new Connection(socket, { remote, local }, this.#around)
    this.peers.add(connection)
    this.#perHost.set(remote.host, (this.#perHost.get(remote.host) ?? 0) + 1)
    connection.onClose(() => this.#forget(connection))
    for (const listener of this.#listeners) listener(connection)
  }

  #refusal(host: string): string | undefined {
    if (this.peers.size >= this.#connectionsMax) return `${this.#connectionsMax} connections are open`
    const { connectionsPerHostMax } = this.#around.limits
    if (connectionsPerHostMax > 0 && (this.#perHost.get(host) ?? 0) >= connectionsPerHostMax) {
      return `${connectionsPerHostMax} connections are open from this address`
    }
    return undefined
  }

  #forget(connection: Connection): void {
    this.peers.delete(connection)
    const { host } = connection.remote
    const left = (this.#perHost.get(host) ?? 1) - 1
    if (left === 0) this.#perHost.delete(host)
    else this.#perHost.set(host, left)
  }

  #sweepAll(): void {
    const now = this.#around.clock.monotonic()
    let held = 0
    let largest: Connection | undefined
    for (const connection of this.peers) {
      connection.sweep(now)
      held += connection.heldBytes
      if (connection.heldBytes > (largest?.heldBytes ?? 0)) largest = connection
    }
    if (held > heldBytesMax) largest?.destroy(`${held} bytes are held for all peers`)
  }

  async #shut(): Promise<void> {
    this.#server.close()
    const gone = new Promise<void>(resolve => {
      const check = (): void => {
        if (this.peers.size === 0) resolve()
      }
      for (const connection of this.peers) connection.onClose(() => queueMicrotask(check))
      check()
    })
    const late = this.#around.clock.after(this.#around.limits.closeTimeoutMs, () => {
      for (const connection of [...this.peers]) connection.destroy('the server is stopping')
    })
    for (const connection of [...this.peers]) connection.finish()
    await gone
    late.cancel()
    this.#sweep.cancel()
  }
}

/** Starts a server. Rejects with MQ_PORT_IN_USE or MQ_CONFIG_INVALID. */
export const listen = async (settings: ServerSettings): Promise<RemotingServer> => {
  const { host, port, router, fastLane, clock, log } = settings
  const limits = { ...defaultLimits, ...settings.limits }
  const notices = new Notices(clock, log)
  const what = settings.what ?? 'a broker'
  const around = {
    clock,
    log,
    notices,
    limits,
    router,
    fastLane,
    slabs: new SlabPool(),
    flushes: new FlushQueue(),
    what
  }
  // Half of the files stay free for the store, whose loss would be worse than a refused connection.
  const connectionsMax = Math.min(limits.connectionsMax, Math.floor(((await openFilesMax()) ?? Infinity) / 2))
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: false })
  const address = await startListening(server, { host, port })
  return new OpenServer(server, address, connectionsMax, around)
}
