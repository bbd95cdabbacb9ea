/** Builds and runs the load generator of bench/generator. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface LoadCase {
  readonly inFlight: number
  readonly body: number
}

export interface LoadResult {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
  /** Percent of a core that the generator took. */
  readonly generatorCpu: number
  readonly sent: number
  readonly acked: number
  readonly errors: number
  readonly firstError: number
  readonly unanswered: number
  readonly readBack: {
    readonly read: number
    readonly perSecond: number
    readonly missing: number
    readonly duplicated: number
    readonly unexpected: number
    readonly damaged: number
    readonly misplaced: number
    readonly gaps: number
    readonly errors: number
  }
}

export interface LoadSettings extends LoadCase {
  readonly port: number
  readonly topic: string
  readonly connections: number
  readonly header: 'json' | 'binary'
  readonly warmSeconds: number
  readonly seconds: number
  readonly readBack: boolean
}

export const buildGenerator = (dir: string): string => {
  const program = join(dir, 'load')
  execFileSync('gcc', ['-O2', '-Wall', '-Wextra', '-o', program, join(import.meta.dirname, 'generator', 'load.c')])
  return program
}

/** `onSent` is called when all sends are answered, before anything is read back. */
export const runLoad = async (
  program: string,
  cpu: string,
  settings: LoadSettings,
  onSent: () => void = () => {}
): Promise<LoadResult> => {
  const words = Object.entries({
    port: settings.port,
    topic: settings.topic,
    connections: settings.connections,
    'in-flight': settings.inFlight,
    body: settings.body,
    header: settings.header,
    warm: settings.warmSeconds,
    seconds: settings.seconds,
    'read-back': settings.readBack ? 'yes' : 'no'
  }).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn('taskset', ['-c', cpu, program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('sent\n')) onSent()
    complaints += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the generator ended with ${code}: ${complaints}`)
  return JSON.parse(output) as LoadResult
}

/** What is wrong with a result, or nothing: an error, a message that is missing, changed or in another place. */
export const faultsOf = (result: LoadResult): string[] => {
  const { errors, firstError, unanswered, readBack } = result
  const faults: string[] = []
  if (errors > 0) faults.push(`${errors} sends failed (code ${firstError})`)
  if (unanswered > 0) faults.push(`${unanswered} sends were not answered`)
  for (const [name, count] of Object.entries(readBack)) {
    if (name !== 'read' && name !== 'perSecond' && count > 0) faults.push(`${count} ${name} when read back`)
  }
  return faults
}
