/** A whole hostile run: servers in one process, a good client in another, the attack from here; all judged together. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { RawClient } from '../support/raw-client.ts'
import { type AttackReport, attackWith, type Ports } from './attack.ts'
import { hostileCases, planOf } from './cases.ts'
import type { GoodFigures } from './good-client.ts'
import { declaredRequests, type Example, exampleOf } from './requests.ts'
import type { ServerReport } from './server.ts'

export interface HostileRun {
  readonly attack: AttackReport
  readonly server: ServerReport
  readonly quiet: GoodFigures
  readonly during: GoodFigures
  /** Names in the directory around the data directory: only the data directory may be there. */
  readonly outside: readonly string[]
  /** Exit code of a graceful stop afterwards. */
  readonly exitCode: number | null
  readonly registered: number
}

const start = (file: string, env: Readonly<Record<string, string>>): ChildProcess =>
  fork(new URL(file, import.meta.url).pathname, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '16', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })

const firstMessage = async <T>(child: ChildProcess): Promise<T> => {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code, signal]) => {
      throw new Error(`a process ended with ${signal ?? code}`)
    })
  ])
  return message as T
}

const ask = async <T>(child: ChildProcess, question: string): Promise<T> => {
  if (child.exitCode !== null || child.signalCode !== null) {
    throw new Error(`a server has died: ${child.signalCode ?? child.exitCode}`)
  }
  child.send(question)
  return firstMessage<T>(child)
}

/** Codes that each server has a handler for: those that it does not answer with "not supported". */
const registeredExamples = async (ports: Ports): Promise<Example[]> => {
  const examples: Example[] = []
  for (const request of await declaredRequests()) {
    for (const server of ['broker', 'namesrv'] as const) {
      const client = await RawClient.connect(ports[server])
      const answer = await client.ask(request.code, {}).catch(() => undefined)
      client.destroy()
      if (answer !== undefined && answer.code !== 3) examples.push(exampleOf(request, server))
    }
  }
  return examples
}

export const runHostile = async (seed: number, count: number, quietMs: number): Promise<HostileRun> => {
  const around = mkdtempSync(join(tmpdir(), 'mq-hostile-'))
  const dir = join(around, 'deep', 'data')
  const server = start('server.ts', { DIR: dir })
  let good: ChildProcess | undefined
  try {
    const ports = await firstMessage<Ports>(server)
    const examples = await registeredExamples(ports)
    // The cases are made before anything is measured: making them takes a core for seconds.
    const cases = hostileCases(examples, planOf(seed, count, examples.length))
    good = start('good-client.ts', { PORT: String(ports.broker) })
    await firstMessage(good)
    await pause(quietMs / 2)
    await ask(good, 'figures')
    await pause(quietMs)
    const quiet = await ask<GoodFigures>(good, 'figures')
    server.send('reset')
    const attack = await attackWith(cases, ports)
    const during = await ask<GoodFigures>(good, 'figures')
    const report = await ask<ServerReport>(server, 'report')
    good.kill()
    const exited = once(server, 'exit')
    server.send('stop')
    const [exitCode] = (await exited) as [number | null]
    const outside = [...readdirSync(around), ...readdirSync(join(around, 'deep'))]
    return { attack, server: report, quiet, during, outside, exitCode, registered: examples.length }
  } finally {
    good?.kill()
    server.kill('SIGKILL')
    rmSync(around, { recursive: true, force: true })
  }
}
