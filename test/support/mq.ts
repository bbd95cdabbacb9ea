/**
 * The command line as users run it. Commands run in the process of the tests, from the sources (in-process.ts); daemons,
 * and runs that ask for it, are processes of their own: `bin/run.js` on what `npm run build` made.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planDev } from '../../src/daemon/all-in-one.ts'
import type { Running } from '../../src/daemon/run.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { eventually } from './eventually.ts'
import { runInProcess } from './in-process.ts'
import { silentLog } from './silent-log.ts'
import { type TempDir, tempDir } from './temp-dir.ts'

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface MqWish {
  /** What the process reads on standard input; absent = nothing. */
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Called with what has been written to stdout so far, after each part. */
  readonly onStdout?: (text: string, child: { kill(signal?: NodeJS.Signals): boolean }) => void
  /** A process of its own; so are daemons, and runs with a `cwd`. */
  readonly spawned?: boolean
  /** Width of the terminal that stdout and stderr are; absent = pipes. Not for processes of their own. */
  readonly columns?: number
}

/** A plain environment: nothing of the one who runs the tests reaches the command. */
const cleanEnv = (more: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  LANG: 'C',
  // Nobody's contexts; a test of contexts names a directory of its own.
  XDG_CONFIG_HOME: join(tmpdir(), 'mq-test-without-config'),
  ...more
})

export const spawnMq = (args: readonly string[], { env = {}, cwd }: MqWish = {}): ChildProcess =>
  spawn(process.execPath, [join(process.cwd(), 'bin/run.js'), ...args], {
    env: cleanEnv(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd })
  })

/** Runs a command to its end. */
export const mq = (args: readonly string[], wish: MqWish = {}): Promise<Finished> =>
  wish.spawned === true || wish.cwd !== undefined || isDaemon(args)
    ? runSpawned(args, wish)
    : runInProcess(args, cleanEnv(wish.env ?? {}), wish)

/** Whether it serves: it owns signals, files and the end of its process. */
const isDaemon = ([first, second]: readonly string[]): boolean =>
  second === 'start' || (first === 'dev' && !['status', 'stop', 'logs', 'env', 'reset'].includes(second ?? ''))

const runSpawned = (args: readonly string[], wish: MqWish): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawnMq(args, wish)
    let stdout = ''
    let stderr = ''
    child.stdout!.setEncoding('utf8').on('data', (part: string) => {
      stdout += part
      wish.onStdout?.(stdout, child)
    })
    child.stderr!.setEncoding('utf8').on('data', (part: string) => {
      stderr += part
    })
    child.once('error', reject)
    child.once('close', code => resolve({ code, stdout, stderr }))
    // A command that ends early does not read its input.
    child.stdin!.on('error', () => {})
    child.stdin!.end(wish.input ?? '')
  })

export interface TestCluster {
  readonly namesrv: string
  readonly broker: string
  readonly http: string
  readonly dataDir: string
  /** Runs a command against this cluster. */
  run(args: readonly string[], wish?: MqWish): Promise<Finished>
}

/** One `mq dev` for all tests of a `describe`, in the process of the tests; the commands are processes of their own. */
export const cluster = (): (() => TestCluster) => {
  let found: TestCluster | undefined
  let running: Running | undefined
  let dir: TempDir | undefined
  before(async function () {
    this.timeout(60_000)
    dir = tempDir()
    const nothing = { config: undefined, env: {}, flags: {}, ephemeral: false, quiet: true }
    const plan = planDev({ ...nothing, ports: 'auto', dataDir: dir.path })
    running = await plan.start({ clock: systemClock, log: silentLog(), setLogLevel: () => {} })
    await eventually(() => running?.unready() === undefined, 'mq dev is ready')
    const { namesrv = '', broker = '', http = '' } = running.addresses
    const env = { NAMESRV_ADDR: namesrv }
    const run = (args: readonly string[], wish: MqWish = {}): Promise<Finished> =>
      mq(args, { ...wish, env: { ...env, ...wish.env } })
    found = { namesrv, broker, http, dataDir: dir.path, run }
  })
  after(async function () {
    this.timeout(60_000)
    await running?.stop()
    dir?.remove()
  })
  return () => {
    if (found === undefined) throw new Error('the cluster is there only inside a test')
    return found
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence is what must not be there.
const escapeSequence = /\u001b/

/** Whether a text has colours or other control sequences of terminals. */
export const hasEscapes = (text: string): boolean => escapeSequence.test(text)
