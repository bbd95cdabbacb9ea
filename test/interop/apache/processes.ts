/**
 * Child processes that never outlive the run: each is stopped by its owner, and whatever is left when this process
 * ends, for whatever reason, is killed by it or by the kernel.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const alive = new Set<ChildProcess>()

process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1))
}

export interface Running {
  readonly pid: number
  /** What it wrote to standard error, and to standard output unless that is read as lines. */
  readonly logFile: string
  /** Resolves with a sentence when the process has ended. */
  readonly ended: Promise<string>
  /** Sends SIGTERM, then SIGKILL after `graceMs`. Resolves when the process is gone. */
  stop(graceMs?: number): Promise<void>
}

export interface Spoken extends Running {
  /** Writes a line and gives back the lines that follow, up to and including the first for which `last` is true. */
  ask(line: string, last: (answer: string) => boolean, timeoutMs: number): Promise<string[]>
}

interface Start {
  readonly command: string
  readonly args: readonly string[]
  readonly logFile: string
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** The kernel kills the child when this process dies, even by SIGKILL; where setpriv is missing, only `exit` does. */
const tied = ({ command, args }: Start): { command: string; args: string[] } =>
  existsSync('/usr/bin/setpriv')
    ? { command: '/usr/bin/setpriv', args: ['--pdeathsig', 'KILL', command, ...args] }
    : { command, args: [...args] }

const launch = (start: Start, output: 'log' | 'pipe'): { child: ChildProcess; running: Running } => {
  const { command, args } = tied(start)
  const log = openSync(start.logFile, 'a')
  const child = spawn(command, args, {
    cwd: start.cwd,
    env: start.env ?? process.env,
    stdio: [output === 'pipe' ? 'pipe' : 'ignore', output === 'pipe' ? 'pipe' : log, log]
  })
  alive.add(child)
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(`could not start ${start.command}: ${error.message}`))
    child.once('exit', (code, signal) => resolve(`${start.command} ended with ${signal ?? code}`))
  })
  void ended.then(() => alive.delete(child))
  const stop = async (graceMs = 10_000): Promise<void> => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    await ended
    clearTimeout(timer)
  }
  return { child, running: { pid: child.pid ?? -1, logFile: start.logFile, ended, stop } }
}

/** Starts a process whose output goes to a log. */
export const startProcess = (start: Start): Running => launch(start, 'log').running

/** Starts a process that answers lines with lines. */
export const startSpoken = (start: Start): Spoken => {
  const { child, running } = launch(start, 'pipe')
  let listener: (line: string) => void = () => {}
  createInterface({ input: child.stdout! }).on('line', line => listener(line))
  child.stdin!.on('error', () => {})
  const ask = (line: string, last: (answer: string) => boolean, timeoutMs: number): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const answers: string[] = []
      const fail = (why: string): void => reject(new Error(`${line}: ${why}\n${lastLines(running.logFile)}`))
      const timer = setTimeout(() => fail(`no answer in ${timeoutMs} ms`), timeoutMs)
      void running.ended.then(why => {
        clearTimeout(timer)
        fail(why)
      })
      listener = answer => {
        answers.push(answer)
        if (!last(answer)) return
        clearTimeout(timer)
        resolve(answers)
      }
      child.stdin!.write(`${line}\n`)
    })
  return { ...running, ask }
}

export const lastLines = (file: string, count = 30): string =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-count).join('\n') : `${file} does not exist`
