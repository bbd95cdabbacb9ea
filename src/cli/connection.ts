/** Opens what a command talks through. Loaded when a command runs, so that help and version stay quick. */
import type { Admin } from '../admin/admin.ts'
import { remotingAdmin } from '../admin/remoting-admin.ts'
import { parseNamesrv, Session } from '../client/session.ts'
import { systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { LogFields, Logger } from '../kit/log.ts'
import { defaultNamesrv, type Reach } from './reach.ts'

export interface Connection {
  readonly admin: Admin
  readonly session: Session
  close(): Promise<void>
}

/** Connections to NameServers and brokers themselves. Throws MQ_USAGE where only an HTTP address is known. */
export const connect = (reach: Reach, timeoutMs: number, debug: boolean): Connection => {
  if (reach.namesrv === undefined && reach.level !== 'default') {
    throw new MqError('MQ_USAGE', `this goes to the brokers themselves, and ${reach.source} names no NameServer`, {
      suggestions: ['add -n HOST:PORT', 'add namesrv to the context with `mq context edit`']
    })
  }
  const session = new Session({
    namesrv: parseNamesrv(reach.namesrv ?? defaultNamesrv),
    timeoutMs,
    clock: systemClock,
    log: stderrLog(debug),
    ...(Object.keys(reach.map).length === 0 ? {} : { addressMap: new Map(Object.entries(reach.map)) })
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
