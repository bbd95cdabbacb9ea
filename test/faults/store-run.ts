/** One life of a store under faults: victims one after the other on the same directory, judged after each death. */
import type { StoreOptions } from '../../src/store/options.ts'
import { type Read, type Send, totalQueue, totalQueueLine, violations } from '../history/checkers.ts'
import type { Seeded } from '../support/seeded.ts'
import { openAgain, otherWays, readAll } from './read-store.ts'
import type { VictimSettings } from './victim-settings.ts'
import { Victim } from './victims.ts'

export interface Verdict {
  readonly violations: string[]
  /** The total-queue line, for the log of the run. */
  readonly line: string
  readonly segments: number
  readonly maxPhysicalOffset: number
  readonly minPhysicalOffset: number
  readonly openedMs: number
}

export class StoreRun {
  readonly sends: Send[] = []
  readonly #options: StoreOptions
  readonly #random: Seeded
  readonly #label: string
  #lives = 0

  constructor(label: string, options: StoreOptions, random: Seeded) {
    this.#label = label
    this.#options = options
    this.#random = random
  }

  start(settings: Partial<VictimSettings> = {}, environment: Readonly<Record<string, string>> = {}): Victim {
    return new Victim(
      {
        run: `${this.#label}${this.#lives++}`,
        store: this.#options,
        mutant: 'none',
        inFlight: 64,
        ...settings
      },
      environment
    )
  }

  /** Adds what a dead victim had acknowledged. */
  remember(victim: Victim, inFlight = 64): void {
    for (const send of victim.sends()) this.sends.push(send)
    for (const send of victim.unknown(inFlight)) this.sends.push(send)
  }

  /** What is there now, by queue offset. */
  async survivors(): Promise<readonly Read[]> {
    const store = await openAgain(this.#options)
    try {
      return (await readAll(store)).reads
    } finally {
      await store.close()
    }
  }

  /** Strikes sends from the history: lost by right, and told. */
  forget(ids: ReadonlySet<string>): void {
    const kept = this.sends.filter(send => !ids.has(send.id))
    // One by one: a call takes no 100,000 arguments.
    this.sends.length = 0
    for (const send of kept) this.sends.push(send)
  }

  /** Opens the store as the next start would, reads it in every way, and closes it. */
  async judge(samples = 200, keep: (send: Send) => boolean = () => true): Promise<Verdict> {
    const started = performance.now()
    const store = await openAgain(this.#options)
    const openedMs = performance.now() - started
    try {
      const back = await readAll(store)
      const sends = this.sends.filter(send => send.outcome !== 'ok' || keep(send))
      const lost = new Set(this.sends.filter(send => send.outcome === 'ok' && !keep(send)).map(send => send.id))
      // A message that may be lost may also be there: its outcome is unknown to the judge.
      const judged = [
        ...sends,
        ...this.sends.filter(send => lost.has(send.id)).map(send => ({ ...send, outcome: 'info' as const }))
      ]
      const found = totalQueue(judged, back.reads, back.removedBelow)
      const stats = store.stats()
      return {
        violations: [
          ...violations(judged, back.reads, back.removedBelow),
          ...(await otherWays(store, back, sends, this.#random, samples))
        ],
        line: totalQueueLine(found),
        segments: stats.segmentCount,
        maxPhysicalOffset: stats.maxPhysicalOffset,
        minPhysicalOffset: stats.minPhysicalOffset,
        openedMs
      }
    } finally {
      await store.close()
    }
  }
}
