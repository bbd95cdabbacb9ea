/** A NameServer and a broker inside another program's process, for its tests: free ports, a directory that is removed. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pause, systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { formatProperties } from '../kit/properties.ts'
import { ephemeralDir, planDev } from './all-in-one.ts'

export interface StartDevOptions {
  /** Settings of the broker by Java's names, as in `docs/options.md`: `{ messageDelayLevel: '1s 2s' }`. */
  readonly broker?: Readonly<Record<string, string | number | boolean>>
  /** `auto` (the default) = free ports; a number = the NameServer's port, the others follow. */
  readonly ports?: string
  /** Where the data lies; it is kept. Absent = a directory that `stop` removes. */
  readonly dataDir?: string
  /** What the servers log; absent = nobody listens. */
  readonly log?: Logger
  /** Longest time until clients can use it, milliseconds; 30,000 when absent. */
  readonly startTimeoutMs?: number
}

export interface Dev {
  /** `host:port` of the NameServer: pass it as `namesrvAddr`. */
  readonly namesrvAddr: string
  /** `host:port` of the broker. */
  readonly brokerAddr: string
  /** URL of `/livez`, `/readyz` and `/metrics`. */
  readonly httpUrl: string
  /** Stops both servers; resolves when all that they had is closed, and the directory gone unless it was given. */
  stop(): Promise<void>
}

const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const readyPollMs = 10

/** See `startDev` of src/index.ts. */
export const startEmbedded = async (options: StartDevOptions = {}): Promise<Dev> => {
  const dir = options.dataDir ?? ephemeralDir()
  const remove = (): void => {
    if (options.dataDir === undefined) rmSync(dir, { recursive: true, force: true })
  }
  try {
    return await start(options, dir, remove)
  } catch (error) {
    remove()
    throw error
  }
}

const start = async (options: StartDevOptions, dir: string, remove: () => void): Promise<Dev> => {
  const config = join(dir, 'embedded.conf')
  const entries = Object.entries(options.broker ?? {}).map(([key, value]) => [key, String(value)] as const)
  writeFileSync(config, formatProperties(entries))
  const wish = {
    flags: {},
    config,
    env: {},
    dataDir: dir,
    ephemeral: false,
    ports: options.ports ?? 'auto',
    quiet: true
  }
  const plan = planDev(wish)
  const world = { clock: systemClock, log: options.log ?? quiet, setLogLevel: () => {} }
  for (const warning of plan.warnings) world.log.warn({}, warning)
  const running = await plan.start(world)
  const until = systemClock.monotonic() + (options.startTimeoutMs ?? 30_000)
  for (let why = running.unready(); why !== undefined; why = running.unready()) {
    if (systemClock.monotonic() > until) {
      await running.stop()
      throw new MqError('MQ_START_FAILED', `the embedded broker did not get ready: ${why}`)
    }
    await pause(systemClock, readyPollMs)
  }
  let stopping: Promise<void> | undefined
  const { namesrv, broker, http } = running.addresses
  return {
    namesrvAddr: namesrv!,
    brokerAddr: broker!,
    httpUrl: http!,
    stop() {
      stopping ??= running.stop().finally(remove)
      return stopping
    }
  }
}
