/** What the HTTP admin API of a daemon works with. The client side is loaded at the first request that needs it. */
import { join } from 'node:path'
import { brokerOptionRows } from '../broker/options.ts'
import type { ApiSettings } from '../http/api/api.ts'
import type { OptionRow } from '../kit/options.ts'
import { namesrvOptionRows } from '../namesrv/options.ts'
import type { DaemonWorld } from './run.ts'

export interface ApiWish {
  /** `host:port;host:port`, as it is when the first request comes. */
  readonly namesrv: () => string
  /** Names under which callers reach the HTTP server, separated by commas. */
  readonly hostNames: string
  readonly dataDir: string
}

/** For one question to a broker or NameServer, milliseconds. */
const askMs = 5000

/** The kernel takes no longer path for a unix socket (108 bytes on Linux, 104 elsewhere). */
const socketPathMax = 100

const hotKeys = (rows: readonly OptionRow[]): ReadonlySet<string> =>
  new Set(rows.filter(row => row.hot === true).map(row => row.key))
const configKeys = hotKeys(brokerOptionRows)
const namesrvConfigKeys = hotKeys(namesrvOptionRows)

export const apiOf = (
  { clock, log, version = 'unknown' }: DaemonWorld,
  { namesrv, hostNames, dataDir }: ApiWish
): { readonly api: ApiSettings; readonly socket?: string } => {
  const socket = join(dataDir, 'http.sock')
  const api: ApiSettings = {
    hostNames: hostNames.split(/[,\s]+/).filter(name => name !== ''),
    clock,
    version,
    configKeys,
    namesrvConfigKeys,
    tokenFile: join(dataDir, 'http-tokens.json'),
    open: async () => {
      const { remotingAdmin } = await import('../admin/remoting-admin.ts')
      const { parseNamesrv, Session } = await import('../client/session.ts')
      const session = new Session({ namesrv: parseNamesrv(namesrv()), timeoutMs: askMs, clock, log })
      return { admin: remotingAdmin(session), close: () => session.close() }
    }
  }
  if (Buffer.byteLength(socket) <= socketPathMax) return { api, socket }
  log.warn({ socket }, 'the path is too long for a unix socket, so the HTTP API has none')
  return { api }
}
