/**
 * The life of a daemon process: claims its data directory, starts, tells the world that it is ready, waits for a
 * signal or `stop`, stops gracefully, and cleans up what it put there.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { type Clock, pause } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger, LogLevel } from '../kit/log.ts'
import { type Control, type DaemonState, type DaemonStatus, openControl } from './control.ts'
import type { DaemonFiles } from './data-dirs.ts'
import { isDetachedChild } from './detach.ts'
import { removeFile, writePidFile, writeReadyFile } from './pid-file.ts'
import { failStop, onSignals } from './signals.ts'

/** A started server, or several in one process. */
export interface Running {
  /** `host:port`; `http` is a URL. */
  readonly addresses: { readonly namesrv?: string; readonly broker?: string; readonly http?: string }
  /** More for `status`: names, counts. */
  facts(): Readonly<Record<string, string | number | boolean>>
  /** Why clients cannot use it now; undefined = they can. */
  unready(): string | undefined
  /** Graceful: unregisters, answers held pulls, flushes, closes. */
  stop(): Promise<void>
}

export interface DaemonSpec {
  readonly files: DaemonFiles
  readonly version: string
  readonly readyFile?: string
  /** Remove the data directory at the end, however it comes. */
  readonly ephemeral: boolean
  /** Time that a graceful stop may take, milliseconds. */
  readonly graceMs: number
  start(): Promise<Running>
  /** What must be there before anybody is told that it is ready. Its failure ends the daemon. */
  readonly setUp?: ((running: Running) => Promise<void>) | undefined
}

export interface DaemonWorld {
  readonly clock: Clock
  readonly log: Logger
  /** Of mq. */
  readonly version?: string
  setLogLevel(level: LogLevel): void
}

const readyPollMs = 20

/**
 * Runs until it is told to stop. `onReady` is called when clients can use the servers; when its promise resolves to
 * false the daemon stops. Resolves to the exit code; rejects with what kept it from starting.
 */
export const runDaemon = async (
  spec: DaemonSpec,
  { clock, log }: Pick<DaemonWorld, 'clock' | 'log'>,
  onReady?: (running: Running) => Promise<boolean>
): Promise<number> => {
  mkdirSync(spec.files.dir, { recursive: true, mode: 0o700 })
  const life = new Life(spec, clock, log)
  if (spec.ephemeral) {
    // A parent that waits for a detached start reads the log first, and removes the directory itself.
    const isOurs = (): boolean => life.wasReady || !isDetachedChild()
    process.on('exit', () => isOurs() && rmSync(spec.files.dir, { recursive: true, force: true }))
  }
  await life.claim()
  failStop(log)
  const forget = onSignals(signal => life.askToStop(signal))
  try {
    const running = await spec.start()
    try {
      if (await life.untilReady(running)) {
        onReady?.(running).then(
          goOn => goOn || life.askToStop('the end of its task'),
          error => life.fail(error)
        )
      }
      await life.asked
    } finally {
      await life.stop(running)
    }
    return life.exitCode
  } finally {
    forget()
    life.release()
  }
}

class Life {
  readonly #spec: DaemonSpec
  readonly #clock: Clock
  readonly #log: Logger
  readonly #startedMs: number
  readonly asked: Promise<void>
  #ask: () => void = () => {}
  #control: Control | undefined
  #state: DaemonState = 'starting'
  #running: Running | undefined
  #failure: unknown
  wasReady = false
  exitCode = 0

  constructor(spec: DaemonSpec, clock: Clock, log: Logger) {
    this.#spec = spec
    this.#clock = clock
    this.#log = log
    this.#startedMs = clock.now()
    this.asked = new Promise((resolve, reject) => {
      this.#ask = () => (this.#failure === undefined ? resolve() : reject(this.#failure))
    })
    // Whoever waits for it later hears of it then.
    this.asked.catch(() => {})
  }

  async claim(): Promise<void> {
    const handlers = { status: () => this.#status(), stop: () => this.askToStop('`stop`') }
    this.#control = await openControl(this.#spec.files, this.#clock, handlers)
    writePidFile(this.#spec.files.pid)
  }

  /** Waits until clients can use it, which takes a NameServer; false when it was told to stop before. */
  async untilReady(running: Running): Promise<boolean> {
    this.#running = running
    let told = ''
    for (;;) {
      if (this.#state === 'stopping') return false
      const reason = running.unready()
      if (reason === undefined) break
      if (reason !== told) this.#log.warn({ reason }, 'not ready yet')
      told = reason
      await Promise.race([this.asked.catch(() => {}), pause(this.#clock, readyPollMs)])
    }
    await this.#spec.setUp?.(running)
    // Told to stop meanwhile.
    if (this.#isStopping()) return false
    this.#state = 'ready'
    this.wasReady = true
    this.#announce(running)
    return true
  }

  #isStopping(): boolean {
    return this.#state === 'stopping'
  }

  #announce(running: Running): void {
    const { files, readyFile, version } = this.#spec
    const ready = { pid: process.pid, kind: files.kind, version, dataDir: files.dir, ...running.addresses }
    if (readyFile !== undefined) writeReadyFile(readyFile, ready)
    // Wait strategies of test containers look for the words "boot success".
    this.#log.info({ ...running.addresses, dataDir: files.dir }, `The ${files.kind} boot success.`)
  }

  askToStop(why: string): void {
    if (this.#state !== 'stopping') this.#log.info({ why }, 'stopping')
    this.#state = 'stopping'
    this.#ask()
  }

  fail(error: unknown): void {
    this.#failure = error
    this.askToStop(errorText(error))
  }

  async stop(running: Running): Promise<void> {
    removeFile(this.#spec.readyFile)
    const late = this.#clock.after(this.#spec.graceMs, () => {
      this.#log.error({ graceMs: this.#spec.graceMs }, 'the graceful stop took too long; ending at once')
      process.exit(1)
    })
    try {
      await running.stop()
      this.#log.info({}, 'stopped')
    } catch (error) {
      this.#log.error({ error: errorText(error) }, 'the stop was not clean')
      this.exitCode = error instanceof MqError ? error.exitCode : 1
    } finally {
      late.cancel()
    }
  }

  release(): void {
    removeFile(this.#spec.files.pid)
    this.#control?.close()
  }

  #status(): DaemonStatus {
    return {
      kind: this.#spec.files.kind,
      state: this.#state,
      pid: process.pid,
      version: this.#spec.version,
      startedMs: this.#startedMs,
      dataDir: this.#spec.files.dir,
      addresses: { ...this.#running?.addresses },
      facts: this.#running?.facts() ?? {}
    }
  }
}
