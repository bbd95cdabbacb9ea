/** Runs a planned daemon: in this process, or detached from it. What `mq dev`, `mq namesrv start` and `mq broker start` share. */
import { systemClock } from '../kit/clock.ts'
import { type LogLevel, processLogger } from '../kit/log.ts'
import type { DaemonStatus } from './control.ts'
import type { DaemonFiles } from './data-dirs.ts'
import { isDetachedChild, reportReady, startDetached } from './detach.ts'
import { type DaemonWorld, type Running, runDaemon } from './run.ts'
import { type LevelLogger, terminalLogger } from './terminal-log.ts'

export interface DaemonPlan {
  readonly files: DaemonFiles
  /** Said once at each start: options that nothing understands, an open door. */
  readonly warnings: readonly string[]
  readonly logLevel: LogLevel
  readonly ephemeral: boolean
  start(world: DaemonWorld): Promise<Running>
}

export interface ServeOptions {
  readonly detach: boolean
  readonly readyFile: string | undefined
  /** Time that a graceful stop may take, milliseconds. */
  readonly graceMs: number
  /** Time that a detached start may take, milliseconds. */
  readonly startMs: number
  readonly logFormat: 'auto' | 'json' | 'text'
  readonly version: string
  /** See DaemonSpec. */
  readonly setUp?: ((running: Running) => Promise<void>) | undefined
  /** Called when clients can use the servers; false stops them again. */
  readonly onReady?: (running: Running) => Promise<boolean>
}

/** Resolves to the status of the detached daemon, or to the exit code once this process has served to its end. */
export const serve = async (plan: DaemonPlan, options: ServeOptions): Promise<DaemonStatus | number> => {
  if (options.detach) return startDetached(plan, options.startMs, systemClock)
  const log = logger(plan, options.logFormat)
  const world = { clock: systemClock, log, version: options.version, setLogLevel: log.setLevel }
  for (const warning of plan.warnings) log.warn({}, warning)
  const { files, ephemeral } = plan
  const { version, graceMs, readyFile } = options
  const spec = {
    files,
    version,
    ephemeral,
    graceMs,
    ...(readyFile === undefined ? {} : { readyFile }),
    setUp: options.setUp,
    start: () => plan.start(world)
  }
  return runDaemon(spec, world, async running => {
    if (isDetachedChild()) reportReady()
    return options.onReady === undefined ? true : options.onReady(running)
  })
}

const logger = (plan: DaemonPlan, format: ServeOptions['logFormat']): LevelLogger => {
  const { stderr, env } = process
  if (format === 'json' || (format === 'auto' && stderr.isTTY !== true)) {
    return processLogger({ level: plan.logLevel, name: plan.files.kind })
  }
  const color = stderr.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
  const write = (line: string): void => {
    stderr.write(line)
  }
  return terminalLogger({ level: plan.logLevel, color, write }, systemClock)
}
