/** Starts a producer process and turns its log into a history. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import type { Send } from '../history/checkers.ts'
import type { SendClientSettings } from './send-client.ts'
import { digestOf, idOf, queueIdOf, topic } from './traffic.ts'

export interface Sent extends Send {
  readonly physicalOffset?: number
  /** `code remark` of an answer that was an error. */
  readonly refusal?: string
}

export class SendClient {
  readonly #settings: SendClientSettings
  readonly #process: ChildProcess
  readonly #lines: string[] = []
  readonly #counts = { a: 0, r: 0, u: 0 }
  #at = 0
  #rest = ''

  constructor(settings: SendClientSettings) {
    this.#settings = settings
    this.#process = spawn(process.execPath, ['--import', 'tsx', new URL('send-client.ts', import.meta.url).pathname], {
      env: { ...process.env, CLIENT: JSON.stringify(settings) },
      stdio: ['ignore', 'inherit', 'inherit']
    })
  }

  /** Waits for the answers in flight. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    const closed = once(this.#process, 'close')
    this.#process.kill('SIGTERM')
    await closed
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  /** Lines of the log so far that begin with this letter: cheap enough to be asked all the time. */
  count(kind: 'a' | 'r' | 'u'): number {
    this.#follow()
    return this.#counts[kind]
  }

  /** Everything that was sent so far. */
  sends(): Sent[] {
    this.#follow()
    return this.#lines.map(line => this.#read(line))
  }

  #follow(): void {
    if (!existsSync(this.#settings.log)) return
    const file = openSync(this.#settings.log, 'r')
    const chunk = Buffer.alloc(1 << 20)
    for (let size = 1; size > 0; ) {
      size = readSync(file, chunk, 0, chunk.length, this.#at)
      this.#at += size
      const lines = (this.#rest + chunk.toString('utf8', 0, size)).split('\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) {
        this.#lines.push(line)
        const kind = line[0]
        if (kind === 'a' || kind === 'r' || kind === 'u') this.#counts[kind]++
      }
    }
    closeSync(file)
  }

  #read(line: string): Sent {
    const [kind, number, second, third, fourth, ...rest] = line.split(' ')
    const id = idOf(this.#settings.run, Number(number))
    const common = { id, queue: `${topic}/${queueIdOf(id)}`, digest: digestOf(id) }
    if (kind === 'a') {
      return {
        ...common,
        outcome: 'ok',
        offset: Number(second),
        physicalOffset: Number(third),
        answeredNs: BigInt(fourth ?? 0)
      }
    }
    if (kind === 'u') return { ...common, outcome: 'info', answeredNs: BigInt(second ?? 0) }
    return {
      ...common,
      outcome: 'info',
      answeredNs: BigInt(third ?? 0),
      refusal: [second, fourth, ...rest].join(' ')
    }
  }
}
