/** What every client of the library is opened with, and the session made of it. Java: ClientConfig. */
import { type Clock, systemClock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import { type NameServerOptions, nameServerSource, openNameServers } from './name-servers.ts'
import { Session } from './session.ts'

export interface ClientOptions extends NameServerOptions {
  /** For one request to a NameServer or broker, milliseconds; 3000 when absent. */
  readonly requestTimeoutMs?: number
  /** Hears of what went wrong in the background and is tried again. Absent = nobody. pino's loggers fit. */
  readonly log?: Logger
  /** Time as an argument, for tests; the system's when absent. */
  readonly clock?: Clock
}

const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/**
 * Connects lazily: nothing but an address server is contacted here. Rejects with MQ_USAGE (no NameServer named),
 * MQ_CONFIG_INVALID, MQ_CONNECT_FAILED (address server).
 */
export const openSession = async (options: ClientOptions): Promise<Session> => {
  const { clock = systemClock, log = quiet, requestTimeoutMs: timeoutMs = 3000 } = options
  const servers = await openNameServers(nameServerSource(options), { clock, log })
  const settings = {
    timeoutMs,
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
