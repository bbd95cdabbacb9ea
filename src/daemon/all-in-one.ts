/** `mq dev`: NameServer, broker and HTTP in one process, for a developer's machine and for tests. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrokerSettings } from '../broker/broker.ts'
import { type BrokerOptions, brokerOptionRows } from '../broker/options.ts'
import { defaultOptions, type OptionRow, optionsFile, readOptions } from '../kit/options.ts'
import { type NamesrvOptions, namesrvOptionRows } from '../namesrv/options.ts'
import { addressText } from './address-text.ts'
import { brokerFacts, openWithHttp } from './broker-daemon.ts'
import { daemonFiles, defaultDataDir } from './data-dirs.ts'
import { ephemeralVariable } from './detach.ts'
import { type DaemonSettings, openNamesrv } from './namesrv-daemon.ts'
import { portPlan } from './ports.ts'
import type { DaemonWorld, Running } from './run.ts'
import type { DaemonPlan } from './serve.ts'
import { Started } from './started.ts'

export interface DevSettings extends DaemonSettings {
  /** `auto`, a base port, or undefined for the usual ones. */
  readonly ports: string | undefined
  readonly ephemeral: boolean
  /** A person watches: unless a level is set, only what needs attention is logged. */
  readonly quiet: boolean
}

const devFlags: ReadonlySet<string> = new Set([
  'bind',
  'insecure',
  'advertise',
  'cluster',
  'name',
  'log-level',
  'http-port'
])

/**
 * On a developer's machine the share of the disk in use says nothing about messages: sends stop when little is left in
 * bytes (diskSpaceFreeBytesMin), and nothing goes before its time because of what else lies on the disk.
 */
const devDefaults: Partial<BrokerOptions> = { diskSpaceWarningLevelRatio: 99, cleanFileForciblyEnable: false }

export const devFlagRows: readonly OptionRow[] = brokerOptionRows.filter(
  (row: OptionRow) => row.flag !== undefined && devFlags.has(row.flag)
)

/** Throws MQ_CONFIG_INVALID for a file or value that is wrong, MQ_USAGE for ports. */
export const planDev = (wish: DevSettings): DaemonPlan => {
  const { flags, config, env, ports } = wish
  const plan = portPlan(ports)
  const files = daemonFiles('dev', directory(wish))
  const file = config === undefined ? {} : { file: optionsFile(config) }
  const own = new Map(namesrvOptionRows.map(row => [row.key as string, 'the NameServer of `mq dev` has its defaults']))
  const fixed = {
    storePathRootDir: join(files.dir, 'broker'),
    ...(ports === undefined ? {} : { listenPort: plan.broker, haListenPort: plan.ha }),
    ...(ports === undefined || flags['http-port'] !== undefined ? {} : { httpPort: plan.http })
  }
  // Where a real broker of this machine registers is no business of this one.
  const { NAMESRV_ADDR: _, ...ownEnv } = env
  const read = readOptions(brokerOptionRows, { ...file, env: ownEnv, flags: { ...flags, ...fixed }, ignored: own })
  const { bindAddress, insecure, logLevel } = read.values
  const namesrv = { ...defaultOptions(namesrvOptionRows), bindAddress, insecure, logLevel, listenPort: plan.namesrv }
  return {
    files,
    warnings: read.warnings,
    logLevel: wish.quiet && read.sources.get('logLevel') === 'default' ? 'warn' : logLevel,
    ephemeral: wish.ephemeral,
    start: world => startDev(namesrv, { ...read, values: withDevDefaults(read) }, files.dir, world)
  }
}

const withDevDefaults = ({ values, sources }: Required<BrokerSettings>): BrokerOptions => {
  const unset = Object.entries(devDefaults).filter(([key]) => sources.get(key) === 'default')
  return { ...values, ...Object.fromEntries(unset) }
}

const directory = ({ dataDir, ephemeral, env }: DevSettings): string => {
  if (!ephemeral) return dataDir ?? defaultDataDir('dev', env)
  return env[ephemeralVariable] ?? ephemeralDir()
}

export const ephemeralDir = (): string => mkdtempSync(join(tmpdir(), 'mq-dev-'))

const startDev = async (
  namesrvValues: NamesrvOptions,
  read: Required<BrokerSettings>,
  dir: string,
  world: DaemonWorld
): Promise<Running> => {
  const started = new Started()
  try {
    const namesrv = await openNamesrv({ values: namesrvValues, dataDir: join(dir, 'namesrv') }, world)
    started.add(() => namesrv.close())
    const namesrvText = addressText(namesrv.address)
    const settings = { ...read, values: { ...read.values, namesrvAddr: namesrvText } }
    const { broker, http } = await openWithHttp(settings, world, started)
    return {
      addresses: { namesrv: namesrvText, broker: addressText(broker.address), http: http.url },
      facts: () => brokerFacts(broker),
      unready: () => broker.unready,
      stop: () => started.stop()
    }
  } catch (error) {
    await started.stop()
    throw error
  }
}
