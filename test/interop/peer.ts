/** A NameServer with one broker that clients are run against, whoever wrote it. */
import { createServer } from 'node:net'

export interface Peer {
  readonly name: string
  /** host:port of the NameServer. */
  readonly namesrv: string
  /** host:port of the broker. */
  readonly broker: string
  /** Files worth reading when a run fails. */
  readonly logs: readonly string[]
  /** Stops the broker gracefully and starts it again on its data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** One process of a peer. */
export interface Part {
  readonly pid: number
  readonly logFile: string
  stop(graceMs?: number): Promise<void>
}

/** Starts a NameServer, then a broker that registers with it, at the ports that follow from `base`. */
export const startPair = async (
  name: string,
  base: number,
  startNamesrv: () => Promise<Part>,
  startBroker: () => Promise<Part>
): Promise<Peer & { readonly brokerPid: number }> => {
  const namesrv = await startNamesrv()
  try {
    let broker = await startBroker()
    return {
      name,
      namesrv: namesrvAddress(base),
      broker: brokerAddress(base),
      brokerPid: broker.pid,
      logs: [namesrv.logFile, broker.logFile],
      restart: async () => {
        await broker.stop(20_000)
        broker = await startBroker()
      },
      stop: async () => {
        // The broker first: it says goodbye to the NameServer.
        await broker.stop(20_000)
        await namesrv.stop(20_000)
      }
    }
  } catch (error) {
    await namesrv.stop()
    throw error
  }
}

export const namesrvAddress = (base: number): string => `127.0.0.1:${base}`
export const brokerAddress = (base: number): string => `127.0.0.1:${base + 1035}`

/** What both kinds of peers are started with. Delay levels are short, so that retries take seconds. */
export const brokerSettings: Readonly<Record<string, string>> = {
  brokerClusterName: 'DefaultCluster',
  brokerName: 'broker-a',
  brokerId: '0',
  autoCreateTopicEnable: 'true',
  autoCreateSubscriptionGroup: 'true',
  messageDelayLevel: `1s 2s${' 1s'.repeat(16)}`,
  flushDiskType: 'ASYNC_FLUSH',
  // Apache's defaults, which `mq dev` replaces by others.
  diskSpaceWarningLevelRatio: '90',
  cleanFileForciblyEnable: 'true',
  mappedFileSizeCommitLog: String(16 << 20)
}

export const propertiesText = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** The ports that a NameServer at `base` and its broker take: NameServer, broker's fast port, HTTP, broker, HA. */
const portsOf = (base: number): number[] => [base - 1, base, base + 1033, base + 1034, base + 1035, base + 1036]

/** A base port whose whole set is free now. All have five digits, so that addresses keep their length. */
export const freeBasePort = async (): Promise<number> => {
  for (let base = 21_000 + (process.pid % 100) * 50; base < 60_000; base += 7) {
    const free = await Promise.all(portsOf(base).map(isFree))
    if (free.every(Boolean)) return base
  }
  throw new Error('there is no free set of ports between 21000 and 60000')
}
