/** A client process that runs scenarios by name and tells what it saw, whatever language it is written in. */
import type { Spoken } from './apache/processes.ts'

/** What a scenario saw, by name, each with all its values in order. */
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

/** The process answers a scenario's name with a line of JSON for each fact, then with one that has `end`. */
export const workloadOf = (client: Spoken): Workload => ({
  run: async scenario =>
    collect(scenario, await client.ask(scenario, line => Object.hasOwn(JSON.parse(line) as object, 'end'), 120_000)),
  stop: () => client.stop(1000)
})
