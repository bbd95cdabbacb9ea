/** A JVM with one version of Apache's Java client that runs scenarios against a peer and tells what it saw. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { clientJava, compile, jars } from '../apache/jars.ts'
import { startSpoken } from '../apache/processes.ts'

/** What a scenario saw, by name; a name that comes more than once holds all values in order. */
export type Facts = Readonly<Record<string, readonly unknown[]>>

export interface Workload {
  run(scenario: string): Promise<Facts>
  stop(): Promise<void>
}

type Line = { readonly fact: string; readonly value: unknown } | { readonly end: string }

const collect = (scenario: string, lines: readonly string[]): Facts => {
  const facts = new Map<string, unknown[]>()
  for (const text of lines) {
    const line = JSON.parse(text) as Line
    if ('fact' in line) facts.set(line.fact, [...(facts.get(line.fact) ?? []), line.value])
    else if (line.end !== '') throw new Error(`scenario ${scenario} failed: ${line.end}`)
  }
  return Object.fromEntries(facts)
}

/** Topics and groups of this workload start with `prefix`. */
export const startWorkload = async (
  version: string,
  namesrv: string,
  prefix: string,
  dir: string
): Promise<Workload> => {
  mkdirSync(dir, { recursive: true })
  const classPath = await compile(import.meta.dirname, await jars('client', version), join(dir, 'classes'))
  const jvm = startSpoken({
    command: 'java',
    args: [...clientJava(dir, classPath), 'interop.Workload', namesrv, prefix],
    logFile: join(dir, 'workload.log'),
    cwd: dir
  })
  return {
    run: async scenario =>
      collect(scenario, await jvm.ask(scenario, line => Object.hasOwn(JSON.parse(line) as object, 'end'), 120_000)),
    stop: () => jvm.stop(1000)
  }
}
