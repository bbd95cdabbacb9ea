/**
 * `--detach`: starts the same command line again as a process of its own, waits until it is ready, and leaves it. When
 * it does not come up, its own last words are the error.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import type { Clock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { type DaemonStatus, daemonStatus } from './control.ts'
import type { DaemonFiles } from './data-dirs.ts'

/** Set in the child, so that it knows to report over its IPC channel. */
const marker = 'MQ_DETACHED'
/** A temporary data directory is made by the parent, so that both know it. */
export const ephemeralVariable = 'MQ_EPHEMERAL_DIR'
/** A log above this size is set aside as `.1` at the next start. */
const logBytesMax = 16 * 1024 * 1024

export const isDetachedChild = (): boolean => process.env[marker] === '1' && process.send !== undefined

/** Tells the waiting parent that clients can use the servers, and lets go of it. */
export const reportReady = (): void => {
  process.send?.({ ready: true }, () => {
    if (process.connected) process.disconnect()
  })
}

/** Resolves when the child is ready. Throws MQ_START_FAILED with the reason from its log, MQ_TIMEOUT. */
export const startDetached = async (
  { files, ephemeral }: { readonly files: DaemonFiles; readonly ephemeral: boolean },
  timeoutMs: number,
  clock: Clock
): Promise<DaemonStatus> => {
  mkdirSync(files.dir, { recursive: true, mode: 0o700 })
  setAside(files.log)
  const log = openSync(files.log, 'a', 0o600)
  const from = statSync(files.log).size
  const argv = process.argv.slice(1).filter(argument => argument !== '--detach')
  const child = spawn(process.execPath, argv, {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, [marker]: '1', ...(ephemeral ? { [ephemeralVariable]: files.dir } : {}) }
  })
  closeSync(log)
  try {
    await untilReady(child, files, from, timeoutMs, clock)
  } catch (error) {
    // Only a child that was ready removes its temporary directory itself.
    if (ephemeral) rmSync(files.dir, { recursive: true, force: true })
    throw error
  }
  child.removeAllListeners()
  if (child.connected) child.disconnect()
  child.unref()
  const status = await daemonStatus(files, clock)
  if (status === undefined) throw lastWords(files, from, child.exitCode, child.signalCode)
  return status
}

const untilReady = (
  child: ChildProcess,
  files: DaemonFiles,
  from: number,
  timeoutMs: number,
  clock: Clock
): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    const timer = clock.after(timeoutMs, () => {
      child.kill('SIGKILL')
      const reason = waitingFor(files, from)
      const why = reason === undefined ? '' : `: ${reason}`
      reject(
        new MqError('MQ_TIMEOUT', `\`mq ${files.kind}\` was not ready within ${timeoutMs / 1000} s${why}`, {
          suggestions: [`its log is ${files.log}`]
        })
      )
    })
    child.once('error', reject)
    child.once('message', () => {
      timer.cancel()
      resolve()
    })
    child.once('exit', (code, signal) => {
      timer.cancel()
      reject(lastWords(files, from, code, signal))
    })
  })

const setAside = (log: string): void => {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size > logBytesMax) renameSync(log, `${log}.1`)
}

const linesSince = (files: DaemonFiles, from: number): string[] =>
  readFileSync(files.log).subarray(from).toString('utf8').trimEnd().split('\n')

/** What a daemon that is up says that it lacks. */
const waitingFor = (files: DaemonFiles, from: number): string | undefined =>
  /"reason":"((?:[^"\\]|\\.)*)"/.exec(
    linesSince(files, from).findLast(line => line.includes('not ready yet')) ?? ''
  )?.[1]

const lastWords = (files: DaemonFiles, from: number, code: number | null, signal: string | null): MqError => {
  const lines = linesSince(files, from)
  const said = lines.findLast(line => line.startsWith('Error: '))?.slice('Error: '.length)
  const steps = lines
    .filter(line => /^(Try this: | +or: )/.test(line))
    .map(line => line.replace(/^(Try this: | +or: )/, ''))
  const end = signal === null ? `exit code ${code}` : signal
  return new MqError('MQ_START_FAILED', said ?? `\`mq ${files.kind}\` ended with ${end} before it was ready`, {
    suggestions: [...steps, `its log is ${files.log}`]
  })
}
