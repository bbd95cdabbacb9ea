/**
 * Commands inside the process of the tests: each run has a process of its own as far as it can tell. What a command
 * reads of `process` (env, stdin, stdout, stderr, exit, signals) and of `console` is answered by the run that asks,
 * which the asynchronous context tells; outside a run all is as ever. So runs may overlap and leave nothing behind.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable, Writable } from 'node:stream'

/** One run as the command inside it sees it. */
export interface Run {
  readonly env: Record<string, string | undefined>
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly signals: Map<string, (() => void)[]>
  exit(code: number): never
}

/** Ends the code that called process.exit, which does not return; nobody else looks at it. */
export class Exited extends Error {
  readonly code: number

  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

const runs = new AsyncLocalStorage<Run>()
const signalNames = new Set(['SIGINT', 'SIGTERM', 'SIGHUP'])

/** Runs `act` as if in a process of its own. */
export const inside = <T>(run: Run, act: () => Promise<T>): Promise<T> => {
  install()
  return runs.run(run, act)
}

/** Text that a command writes, and what it can ask of the other end. `columns` makes it a terminal. */
export const textStream = (onText: (text: Buffer) => void, columns: number | undefined): Writable => {
  const stream = new Writable({
    // A large buffer: a test is a reader that is never slow.
    highWaterMark: 1 << 30,
    write: (part: Buffer | string, encoding, done) => {
      onText(typeof part === 'string' ? Buffer.from(part, encoding) : part)
      done()
    }
  })
  return columns === undefined ? stream : Object.assign(stream, { isTTY: true, columns, rows: 24 })
}

export const textInput = (input: string | Buffer): Readable => {
  const stream = new Readable({ read: () => {} })
  if (input.length > 0) stream.push(Buffer.from(input as string))
  stream.push(null)
  return stream
}

let installed = false

/** Once for the whole process of the tests; harmless outside of runs. */
const install = (): void => {
  if (installed) return
  installed = true
  installEnv()
  const real = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }
  for (const name of ['stdin', 'stdout', 'stderr'] as const) {
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => runs.getStore()?.[name] ?? real[name]
    })
  }
  installConsole()
  const exit = process.exit.bind(process)
  process.exit = ((code?: number) => {
    const run = runs.getStore()
    return run === undefined ? exit(code) : run.exit(Number(code ?? process.exitCode ?? 0))
  }) as typeof process.exit
  installSignals()
}

const installEnv = (): void => {
  const real = process.env
  const target = (): Record<string, string | undefined> => runs.getStore()?.env ?? real
  process.env = new Proxy({} as NodeJS.ProcessEnv, {
    get: (_, key) => target()[key as string],
    set: (_, key, value) => {
      target()[key as string] = String(value)
      return true
    },
    has: (_, key) => key in target(),
    deleteProperty: (_, key) => delete target()[key as string],
    ownKeys: () => Reflect.ownKeys(target()),
    getOwnPropertyDescriptor: (_, key) => {
      const value = target()[key as string]
      return value === undefined ? undefined : { value, configurable: true, enumerable: true, writable: true }
    }
  })
}

/** oclif prints through the console, which holds on to the streams that it saw first. */
const installConsole = (): void => {
  for (const [name, stream] of [
    ['log', 'stdout'],
    ['error', 'stderr'],
    ['warn', 'stderr']
  ] as const) {
    const real = console[name].bind(console)
    console[name] = (...parts: unknown[]) => {
      const run = runs.getStore()
      if (run === undefined) real(...parts)
      else run[stream].write(`${parts.join(' ')}\n`)
    }
  }
}

const installSignals = (): void => {
  for (const name of ['on', 'once'] as const) {
    const real = process[name].bind(process) as (event: string, listener: () => void) => NodeJS.Process
    process[name] = ((event: string, listener: () => void) => {
      const run = runs.getStore()
      if (run === undefined || !signalNames.has(event)) return real(event, listener)
      run.signals.set(event, [...(run.signals.get(event) ?? []), listener])
      return process
    }) as typeof process.on
  }
  const off = process.off.bind(process) as (event: string, listener: () => void) => NodeJS.Process
  const remove = (event: string, listener: () => void): NodeJS.Process => {
    const run = runs.getStore()
    if (run === undefined || !signalNames.has(event)) return off(event, listener)
    run.signals.set(
      event,
      (run.signals.get(event) ?? []).filter(known => known !== listener)
    )
    return process
  }
  process.off = remove as typeof process.off
  process.removeListener = remove as typeof process.removeListener
}
