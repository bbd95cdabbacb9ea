/** The NameServer as a daemon: options, listener, HTTP. */
import { checkBind } from '../broker/registration/addresses.ts'
import type { OptionRow, OptionValue } from '../kit/options.ts'
import { optionsFile, readOptions } from '../kit/options.ts'
import { type Namesrv, type NamesrvSettings, startNamesrv } from '../namesrv/namesrv.ts'
import { namesrvOptionRows } from '../namesrv/options.ts'
import { addressText } from './address-text.ts'
import { daemonFiles, defaultDataDir } from './data-dirs.ts'
import { httpFor, httpPortOf } from './health.ts'
import { portInUse } from './ports.ts'
import type { DaemonWorld, Running } from './run.ts'
import type { DaemonPlan } from './serve.ts'
import { Started } from './started.ts'

export const namesrvFlagRows: readonly OptionRow[] = namesrvOptionRows

export interface DaemonSettings {
  /** By flag name; undefined = not given. */
  readonly flags: Readonly<Record<string, OptionValue | undefined>>
  /** Java properties. */
  readonly config: string | undefined
  readonly dataDir: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Throws MQ_CONFIG_INVALID for a file or value that is wrong. */
export const planNamesrv = ({ flags, config, dataDir, env }: DaemonSettings): DaemonPlan => {
  const file = config === undefined ? {} : { file: optionsFile(config) }
  const { values, sources, warnings } = readOptions(namesrvOptionRows, { ...file, env, flags })
  const files = daemonFiles('namesrv', dataDir ?? defaultDataDir('namesrv', env))
  return {
    files,
    warnings,
    logLevel: values.logLevel,
    ephemeral: false,
    start: world => startNamesrvDaemon({ values, sources, dataDir: files.dir }, world)
  }
}

const startNamesrvDaemon = async (settings: NamesrvSettings, world: DaemonWorld): Promise<Running> => {
  const { bindAddress, httpPort } = settings.values
  checkBind(settings.values, world.log)
  const started = new Started()
  try {
    const namesrv = await openNamesrv(settings, world)
    started.add(() => namesrv.close())
    const http = await httpFor(world, {
      host: bindAddress,
      port: httpPortOf(httpPort, settings.values.listenPort),
      unready: () => undefined,
      api: {
        namesrv: () => addressText(namesrv.address),
        hostNames: settings.values.httpHostNames,
        dataDir: settings.dataDir
      }
    })
    started.add(() => http.close())
    return {
      addresses: { namesrv: addressText(namesrv.address), http: http.url },
      facts: () => ({ brokers: namesrv.brokerCount }),
      unready: () => undefined,
      stop: () => started.stop()
    }
  } catch (error) {
    await started.stop()
    throw error
  }
}

export const openNamesrv = async (settings: NamesrvSettings, world: DaemonWorld): Promise<Namesrv> => {
  try {
    return await startNamesrv(settings, world)
  } catch (error) {
    throw portInUse(error, 'NameServer', settings.values.bindAddress, settings.values.listenPort)
  }
}
