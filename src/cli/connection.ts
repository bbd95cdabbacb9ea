/** Opens what a command talks through. Loaded when a command runs, so that help and version stay quick. */

import type { Admin } from '../admin/admin.ts'
import { remotingAdmin } from '../admin/remoting-admin.ts'
import { parseNamesrv, Session } from '../client/session.ts'
import { systemClock } from '../kit/clock.ts'
import type { LogFields, Logger } from '../kit/log.ts'
import type { ConnectionFlags } from './flags.ts'

export interface Connection {
  readonly admin: Admin
  readonly session: Session
  close(): Promise<void>
}

export const connect = async (flags: ConnectionFlags, debug: boolean): Promise<Connection> => {
  const session = new Session({
    namesrv: parseNamesrv(flags.namesrv),
    timeoutMs: flags.timeout,
    clock: systemClock,
    log: stderrLog(debug)
  })
  return { admin: remotingAdmin(session), session, close: () => session.close() }
}

/** Commands log to stderr in plain words; the pino of the daemons is not loaded for them. */
const stderrLog = (debug: boolean): Logger => {
  const line = (label: string) => (fields: LogFields, message: string) => {
    const reason = typeof fields['error'] === 'string' ? `: ${fields['error']}` : ''
    process.stderr.write(`${label}: ${message}${reason}\n`)
  }
  const silent = (): void => {}
  return {
    debug: debug ? line('Debug') : silent,
    info: debug ? line('Info') : silent,
    warn: line('Warning'),
    error: line('Error')
  }
}
