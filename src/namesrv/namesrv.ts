/** The NameServer: puts its parts together, listens, and watches which brokers live. Java: NamesrvController. */
import { join } from 'node:path'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import type { OptionSource } from '../kit/options.ts'
import type { Endpoint } from '../remoting/peer.ts'
import { router } from '../remoting/router.ts'
import { listen, type RemotingServer } from '../remoting/server.ts'
import { KvConfig } from './kv-config.ts'
import { LiveConfig } from './live-config.ts'
import type { NamesrvOptions } from './options.ts'
import type { NamesrvParts } from './parts.ts'
import { RouteTable } from './route-table.ts'
import { namesrvRoutes } from './routes.ts'

export interface NamesrvSettings {
  readonly values: NamesrvOptions
  /** Where the values came from, as `readOptions` tells it: what was configured wins over what was changed by request. */
  readonly sources?: ReadonlyMap<string, OptionSource>
  /** Two small files are kept here. */
  readonly dataDir: string
}

export interface Namesrv {
  readonly address: Endpoint
  /** Brokers that are registered and alive. */
  readonly brokerCount: number
  readonly topicCount: number
  readonly connectionCount: number
  /** Answers what is in flight, closes. Never rejects. */
  close(): Promise<void>
}

/** Rejects with MQ_PORT_IN_USE or MQ_CONFIG_INVALID. */
export const startNamesrv = async (
  { values, sources, dataDir }: NamesrvSettings,
  { clock, log }: { readonly clock: Clock; readonly log: Logger }
): Promise<Namesrv> => {
  const routes = new RouteTable()
  const kv = await KvConfig.open(join(dataDir, 'kvConfig.json'))
  const config = await LiveConfig.open(join(dataDir, 'namesrv.properties'), values, sources ?? new Map())
  const parts = { routes, kv, config, clock, log, startedAt: clock.monotonic() }
  const server = await listen({
    host: values.bindAddress,
    port: values.listenPort,
    router: router(namesrvRoutes(parts)),
    clock,
    log,
    limits: {
      idleTimeoutMs: values.serverChannelMaxIdleTimeSeconds * 1000,
      connectionsMax: values.connectionsMax
    },
    what: 'the NameServer'
  })
  const scan = watch(server, parts, values.scanNotActiveBrokerInterval)
  return {
    address: server.address,
    get brokerCount() {
      return routes.brokerCount
    },
    get topicCount() {
      return routes.topics.size
    },
    get connectionCount() {
      return server.peers.size
    },
    async close() {
      scan.cancel()
      await server.close()
    }
  }
}

/** A broker is gone when its connection is, or when it has been silent for too long. */
const watch = (server: RemotingServer, parts: NamesrvParts, periodMs: number): { cancel(): void } => {
  const { routes, clock, log } = parts
  server.onPeer(peer =>
    peer.onClose(() => {
      for (const { brokerName, brokerAddr } of routes.connectionClosed(peer)) {
        log.warn({ brokerName, brokerAddr }, 'a broker is gone: its connection was closed')
      }
    })
  )
  return clock.every(periodMs, () => {
    for (const { brokerName, brokerAddr, timeoutMs, registrant } of routes.expire(clock.monotonic())) {
      log.warn({ brokerName, brokerAddr, timeoutMs }, 'a broker is gone: it gave no sign of life')
      for (const peer of server.peers) if (peer.id === registrant.id) peer.close('the broker was silent for too long')
    }
  })
}
