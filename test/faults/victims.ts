/** Starts victims, follows what they say, kills them, and turns their acknowledgements into a history. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Send } from '../history/checkers.ts'
import { digestOf, idOf, queueIdOf, topic } from './traffic.ts'
import type { VictimSettings } from './victim-settings.ts'

export interface Ack {
  readonly number: number
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly atNs: bigint
}

export interface Death {
  readonly signal: NodeJS.Signals | null
  readonly code: number | null
}

export class Victim {
  readonly run: string
  readonly acks: Ack[] = []
  readonly refusals: string[] = []
  /** End of the log that the victim knew to be durable, and since when. */
  readonly flushed: { offset: number; atNs: bigint }[] = []
  readonly died: Promise<Death>
  said = ''
  errors = ''
  readonly #process: ChildProcess
  #watchers: (() => void)[] = []
  #rest = ''
  #dead = false

  constructor(settings: VictimSettings, environment: Readonly<Record<string, string>> = {}) {
    this.run = settings.run
    this.#process = spawn(process.execPath, ['--import', 'tsx', new URL('store-victim.ts', import.meta.url).pathname], {
      env: { ...process.env, ...environment, UV_THREADPOOL_SIZE: '16', VICTIM: JSON.stringify(settings) },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => this.#take(text))
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text
    })
    this.died = once(this.#process, 'close').then(([code, signal]) => {
      this.#dead = true
      this.#tell()
      return { code: code as number | null, signal: signal as NodeJS.Signals | null }
    })
  }

  /** Waits until `true` is seen; fails when the victim dies before. */
  async until(holds: (victim: Victim) => boolean, what: string): Promise<void> {
    while (!holds(this)) {
      if (this.#dead)
        throw new Error(`the victim died before ${what}: ${this.errors.slice(-2_000)}${this.said.slice(-500)}`)
      await new Promise<void>(resolve => this.#watchers.push(resolve))
    }
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  sends(): Send[] {
    return this.acks.map(ack => {
      const id = idOf(this.run, ack.number)
      return {
        id,
        queue: `${topic}/${queueIdOf(id)}`,
        outcome: 'ok',
        offset: ack.queueOffset,
        digest: digestOf(id),
        answeredNs: ack.atNs
      }
    })
  }

  /** What may have been stored without an acknowledgement: anything up to a window above the highest acknowledged. */
  unknown(inFlight: number): Send[] {
    const known = new Set(this.acks.map(ack => ack.number))
    const last = this.acks.reduce((highest, ack) => Math.max(highest, ack.number), -1)
    const unknown: Send[] = []
    for (let number = 0; number <= last + inFlight * 2; number++) {
      if (known.has(number)) continue
      const id = idOf(this.run, number)
      unknown.push({ id, queue: `${topic}/${queueIdOf(id)}`, outcome: 'info', digest: digestOf(id) })
    }
    return unknown
  }

  #take(text: string): void {
    const atNs = process.hrtime.bigint()
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      const [kind, first, second, third] = line.split(' ')
      if (kind === 'a') {
        this.acks.push({ number: Number(first), queueOffset: Number(second), physicalOffset: Number(third), atNs })
      } else if (kind === 'flushed') this.flushed.push({ offset: Number(first), atNs })
      else if (kind === 'refused') this.refusals.push(line)
      else this.said += `${line}\n`
    }
    this.#tell()
  }

  #tell(): void {
    const watchers = this.#watchers
    this.#watchers = []
    for (const watcher of watchers) watcher()
  }
}
