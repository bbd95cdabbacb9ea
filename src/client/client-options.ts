/** What every client of the library is opened with, and the session made of it. Java: ClientConfig. */
import { untilAborted } from '../kit/abort.ts'
import { type Clock, systemClock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import { type NameServerOptions, nameServerSource, openNameServers } from './name-servers.ts'
import { Session } from './session.ts'

export interface ClientOptions extends NameServerOptions {
  /** For one request to a NameServer or broker, milliseconds; 3000 when absent. */
  readonly requestTimeoutMs?: number
  /** What the compressed body of a received message may grow to, bytes; 32 MiB when absent. Above it, it stays compressed. */
  readonly decompressedBytesMax?: number
  /** Hears of what went wrong in the background and is tried again. Absent = nobody. pino's loggers fit. */
  readonly log?: Logger
  /** Ends the client: `open` rejects with its reason while it is under way, and later it is as if `close` were called. */
  readonly signal?: AbortSignal
  /** Time as an argument, for tests; the system's when absent. */
  readonly clock?: Clock
}

const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

interface Client {
  close(): Promise<void>
}

/** A client over a session of its own, which ends with the signal. Rejects as `openSession` and `make` do. */
export const openClient = async <C extends Client>(
  options: ClientOptions,
  make: (session: Session) => C | Promise<C>
): Promise<C> => {
  const { signal } = options
  signal?.throwIfAborted()
  return untilAborted(openWhole(options, make), signal)
}

const openWhole = async <C extends Client>(
  options: ClientOptions,
  make: (session: Session) => C | Promise<C>
): Promise<C> => {
  const { signal } = options
  const session = await openSession(options)
  try {
    const client = await make(session)
    const close = (): void => void client.close()
    signal?.addEventListener('abort', close, { once: true })
    session.onClose(() => signal?.removeEventListener('abort', close))
    if (signal?.aborted === true) close()
    return client
  } catch (error) {
    await session.close()
    throw error
  }
}

/**
 * Connects lazily: nothing but an address server is contacted here. Rejects with MQ_USAGE (no NameServer named),
 * MQ_CONFIG_INVALID, MQ_CONNECT_FAILED (address server).
 */
export const openSession = async (options: ClientOptions): Promise<Session> => {
  const { clock = systemClock, log = quiet, requestTimeoutMs: timeoutMs = 3000 } = options
  const servers = await openNameServers(nameServerSource(options), { clock, log })
  const settings = {
    timeoutMs,
    ...(options.decompressedBytesMax === undefined ? {} : { decompressedBytesMax: options.decompressedBytesMax }),
    clock,
    log,
    get namesrv() {
      return servers.addresses
    }
  }
  const session = new Session(settings)
  session.onClose(() => servers.close())
  return session
}
