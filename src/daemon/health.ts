/** The HTTP side of a daemon: `/livez`, `/readyz`, `/metrics`. */
import type { Broker } from '../broker/broker.ts'
import { startHttp } from '../http/server.ts'
import { brokerMetrics } from '../metrics/broker-metrics.ts'
import { metricsText } from '../metrics/metrics.ts'
import { addressText } from './address-text.ts'
import { portInUse } from './ports.ts'
import type { DaemonWorld } from './run.ts'

export interface HealthWish {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Why clients cannot use the daemon now; undefined = they can. */
  readonly unready: () => string | undefined
  /** Whose figures `/metrics` shows. */
  readonly broker?: Broker
}

export interface Health {
  readonly url: string
  close(): Promise<void>
}

export const httpFor = async ({ log }: DaemonWorld, wish: HealthWish): Promise<Health> => {
  const { host, port, unready, broker } = wish
  try {
    const metrics = metricsText(() => (broker === undefined ? [] : brokerMetrics(broker.stats())))
    const http = await startHttp({ host, port, log, live: () => undefined, ready: unready, metrics })
    return { url: `http://${addressText(http.address)}`, close: () => http.close() }
  } catch (error) {
    throw portInUse(error, 'HTTP server', host, port)
  }
}
