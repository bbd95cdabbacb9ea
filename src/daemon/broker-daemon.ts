/** A broker as a daemon: options, listener, HTTP. */
import { type Broker, type BrokerSettings, startBroker } from '../broker/broker.ts'
import { brokerOptionRows } from '../broker/options.ts'
import { type OptionRow, optionsFile, readOptions } from '../kit/options.ts'
import { systemRandom } from '../kit/random.ts'
import { addressText } from './address-text.ts'
import { daemonFiles, defaultDataDir } from './data-dirs.ts'
import { type Health, httpFor, httpPortOf } from './health.ts'
import type { DaemonSettings } from './namesrv-daemon.ts'
import { portInUse } from './ports.ts'
import type { DaemonWorld, Running } from './run.ts'
import type { DaemonPlan } from './serve.ts'
import { Started } from './started.ts'

/** `--data-dir` and `--role` have a form of their own on the command line. */
export const brokerFlagRows: readonly OptionRow[] = brokerOptionRows

/** Keys of Java's broker.conf that say how a broker finds its NameServers or threads, which mq does in its own way. */
const ignored: ReadonlyMap<string, string> = new Map([
  ['rocketmqHome', 'mq has no home directory'],
  ['storePathCommitLog', 'all data is below storePathRootDir'],
  ['storePathConsumeQueue', 'all data is below storePathRootDir'],
  ['storePathIndex', 'all data is below storePathRootDir'],
  ['storeCheckpoint', 'all data is below storePathRootDir'],
  ['abortFile', 'all data is below storePathRootDir']
])

/** Throws MQ_CONFIG_INVALID for a file or value that is wrong. */
export const planBroker = ({ flags, config, dataDir, env }: DaemonSettings): DaemonPlan => {
  const file = config === undefined ? {} : { file: optionsFile(config) }
  const read = readOptions(brokerOptionRows, { ...file, env, flags: { ...flags, storePathRootDir: dataDir }, ignored })
  const named = read.sources.get('storePathRootDir') !== 'default'
  const dir = named ? read.values.storePathRootDir : defaultDataDir(read.values.brokerName, env)
  const files = daemonFiles('broker', dir)
  const settings = { values: { ...read.values, storePathRootDir: files.dir }, sources: read.sources }
  return {
    files,
    warnings: read.warnings,
    logLevel: read.values.logLevel,
    ephemeral: false,
    start: world => startBrokerDaemon(settings, world)
  }
}

const startBrokerDaemon = async (settings: BrokerSettings, world: DaemonWorld): Promise<Running> => {
  const started = new Started()
  try {
    const { broker, http } = await openWithHttp(settings, world, started)
    return {
      addresses: { broker: addressText(broker.address), http: http.url },
      facts: () => brokerFacts(broker),
      unready: () => broker.unready,
      stop: () => started.stop()
    }
  } catch (error) {
    await started.stop()
    throw error
  }
}

/** A broker and its HTTP side, started at the same time: probes are answered while a large store recovers. */
export const openWithHttp = async (
  settings: BrokerSettings,
  world: DaemonWorld,
  started: Started
): Promise<{ readonly broker: Broker; readonly http: Health }> => {
  const { bindAddress, httpPort, listenPort } = settings.values
  let broker: Broker | undefined
  const opening = httpFor(world, {
    host: bindAddress,
    port: httpPortOf(httpPort, listenPort),
    unready: () => (broker === undefined ? 'the broker is starting' : broker.unready),
    broker: () => broker,
    api: {
      namesrv: () => settings.values.namesrvAddr,
      hostNames: settings.values.httpHostNames,
      dataDir: settings.values.storePathRootDir
    }
  })
  // Its failure is told below, or by the broker's own.
  opening.catch(() => {})
  started.add(async () => {
    const http = await opening.catch(() => undefined)
    await http?.close()
  })
  broker = await openBroker(settings, world)
  started.add(() => broker?.stop())
  return { broker, http: await opening }
}

const openBroker = async (settings: BrokerSettings, world: DaemonWorld): Promise<Broker> => {
  try {
    return await startBroker(settings, { ...world, random: systemRandom })
  } catch (error) {
    throw portInUse(error, 'broker', settings.values.bindAddress, settings.values.listenPort)
  }
}

export const brokerFacts = (broker: Broker): Record<string, string | number> => {
  const { clusterName, brokerName, brokerId, topicCount, groupCount, connections, store } = broker.stats()
  const messagesSinceStart = store.appendedMessages
  return { clusterName, brokerName, brokerId, topics: topicCount, groups: groupCount, connections, messagesSinceStart }
}
