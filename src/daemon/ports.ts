/** The ports of a whole `mq`: as RocketMQ's users know them, moved together by `--ports BASE`, or free ones. */
import { MqError } from '../kit/errors.ts'

export interface Ports {
  readonly namesrv: number
  readonly broker: number
  readonly ha: number
  readonly http: number
}

const usual: Ports = { namesrv: 9876, broker: 10911, ha: 10912, http: 10910 }

/** Undefined = the usual ports; `auto` = 0, so the system picks free ones; a number = the NameServer's port, the others follow. */
export const portPlan = (ports: string | undefined): Ports => {
  if (ports === undefined) return usual
  if (ports === 'auto') return { namesrv: 0, broker: 0, ha: 0, http: 0 }
  const base = Number(ports)
  if (!/^\d{1,5}$/.test(ports) || base < 1 || base + 2005 > 65_535) {
    throw new MqError('MQ_USAGE', `--ports ${ports} is neither auto nor a port from 1 to 63530`)
  }
  return { namesrv: base, broker: base + 1035, ha: base + 1036, http: base + 1034 }
}

/** Says which port is taken and what needs it, when that is why a listener failed; other errors pass unchanged. */
export const portInUse = (error: unknown, what: string, host: string, port: number): unknown => {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  if (code !== 'MQ_PORT_IN_USE' && code !== 'EADDRINUSE' && cause?.code !== 'EADDRINUSE') return error
  const suggestions = what === 'HTTP server' ? ['choose another port for it with --http-port'] : []
  const text = `port ${port} on ${host}, which the ${what} needs, is in use`
  return new MqError('MQ_PORT_IN_USE', text, { cause: error, suggestions })
}
