/** The HTTP side of a daemon: `/livez`, `/readyz`, `/metrics`, and the admin API. */
import type { Broker } from '../broker/broker.ts'
import { startHttp } from '../http/server.ts'
import { brokerMetrics } from '../metrics/broker-metrics.ts'
import { metricsText } from '../metrics/metrics.ts'
import { addressText } from './address-text.ts'
import { type ApiWish, apiOf } from './http-api.ts'
import { portInUse } from './ports.ts'
import type { DaemonWorld } from './run.ts'

export interface HealthWish {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Why clients cannot use the daemon now; undefined = they can. */
  readonly unready: () => string | undefined
  /** Whose figures `/metrics` shows, once it is there. */
  readonly broker?: () => Broker | undefined
  readonly api: ApiWish
}

export interface Health {
  readonly url: string
  close(): Promise<void>
}

export const httpFor = async (world: DaemonWorld, wish: HealthWish): Promise<Health> => {
  const { host, port, unready, broker } = wish
  const { log } = world
  try {
    const metrics = metricsText(() => {
      const figures = broker?.()?.stats()
      return figures === undefined ? [] : brokerMetrics(figures)
    })
    const http = await startHttp({
      host,
      port,
      log,
      live: () => undefined,
      ready: unready,
      metrics,
      ...apiOf(world, wish.api)
    })
    return { url: `http://${addressText(http.address)}`, close: () => http.close() }
  } catch (error) {
    throw portInUse(error, 'HTTP server', host, port)
  }
}

/** The port where none is given: one below the daemon's own, or a free one where that is free too. */
export const httpPortOf = (wished: number, listenPort: number): number => {
  if (wished !== -1) return wished
  return listenPort === 0 ? 0 : listenPort - 1
}
