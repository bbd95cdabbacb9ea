/**
 * What the store does beside its messages: makes the next segment ahead of need, removes old ones, gives memory back.
 */
import { pause } from '../kit/clock.ts'
import { errorText } from '../kit/errors.ts'
import type { DiskGuard } from './disk-guard.ts'
import { removalReason } from './retention.ts'
import type { Segment } from './segment.ts'
import type { StoreParts, StoreTools } from './store-parts.ts'

const queuesAtOnce = 4096

export class StoreUpkeep {
  readonly #parts: StoreParts
  readonly #disk: DiskGuard
  readonly #tools: StoreTools
  readonly #preparing = new Map<number, Promise<Segment>>()
  readonly #running = new Set<Promise<void>>()
  #lastMade: Promise<unknown> = Promise.resolve()
  #cleaning: Promise<number> | undefined
  #shrinkFrom = 0

  constructor(parts: StoreParts, disk: DiskGuard, tools: StoreTools) {
    this.#parts = parts
    this.#disk = disk
    this.#tools = tools
  }

  /** A task for a timer: never twice at once, and a failure is told and tried again at the next tick. */
  once(what: string, job: () => Promise<void>): () => void {
    let running: Promise<void> | undefined
    return () => {
      if (running !== undefined) return
      const run = job()
        .catch(error => this.#tools.log.warn({ error: errorText(error) }, `${what} failed and is tried again`))
        .finally(() => {
          running = undefined
          this.#running.delete(run)
        })
      running = run
      this.#running.add(run)
    }
  }

  /** Makes the segment at `start`, or opens it. */
  prepare(start: number): Promise<Segment> {
    let preparing = this.#preparing.get(start)
    if (preparing === undefined) {
      const made = this.#lastMade.catch(() => {}).then(() => this.#make(start))
      this.#lastMade = made
      preparing = made.finally(() => this.#preparing.delete(start))
      this.#preparing.set(start, preparing)
    }
    return preparing
  }

  async #make(start: number): Promise<Segment> {
    const { segments } = this.#parts
    // In order and without gaps, whatever failed before: a hole between segments would stop the next start.
    while (segments.last.end <= start) await segments.create(segments.last.end)
    const segment = segments.at(start)!
    if (segment.databases === undefined) await segments.use(segment, async () => {})
    return segment
  }

  prepareAhead(start: number): void {
    if (this.#parts.segments.at(start) !== undefined) return
    this.prepare(start).catch(error =>
      this.#tools.log.warn({ error: errorText(error) }, 'the next segment could not be made ahead')
    )
  }

  /** Removes what retention says must go; resolves to how many segments went. */
  clean(mode: { readonly always: boolean }): Promise<number> {
    this.#cleaning ??= this.#clean(mode.always).finally(() => {
      this.#cleaning = undefined
    })
    return this.#cleaning
  }

  async #clean(always: boolean): Promise<number> {
    const { segments, settings } = this.#parts
    let removed = 0
    for (;;) {
      const oldest = segments.first
      // The log goes on where its last segment ends, so one is kept until the next is made.
      if (oldest === segments.last) return removed
      const candidate = { sealed: oldest.state === 'sealed', lastStoreTime: oldest.lastStoreTime }
      const now = { ms: this.#tools.clock.now(), usedRatio: this.#disk.usedRatio, always }
      const reason = removalReason(candidate, settings, now)
      if (reason === undefined) return removed
      await this.#remove(oldest, reason)
      removed++
      await this.#disk.check()
    }
  }

  async #remove(oldest: Segment, reason: string): Promise<void> {
    const { segments, starts, table, index, queueReader, logReader, settings } = this.#parts
    this.#tools.log.info({ segment: oldest.name, reason }, 'a segment is removed')
    const least = await starts.of(oldest.end)
    await segments.removeFirst(
      async () => {
        if (settings.unlinkPauseMs > 0) await pause(this.#tools.clock, settings.unlinkPauseMs)
      },
      () => {
        for (const queue of table.all()) {
          queue.minOffset = Math.max(queue.minOffset, Math.min(least[queue.ordinal] ?? 0, queue.maxOffset))
        }
        index.forget(oldest)
        queueReader.forget()
        logReader.forget()
      }
    )
    await this.#forgetGenerations()
  }

  /** Deleted topics of which nothing is left: when one comes again it may begin like a new one. */
  async #forgetGenerations(): Promise<void> {
    const { meta, segments, table } = this.#parts
    const gone = [...table.generations].filter(
      ([topic, { since }]) => since <= segments.first.start && table.topic(topic) === undefined
    )
    await meta.change(gone.map(([key]) => ({ table: 'generation', key, value: undefined })))
    for (const [topic, row] of gone) if (table.generations.get(topic) === row) table.generations.delete(topic)
  }

  /** Gives back tails that a burst made long, some queues at each call. */
  shrinkTails(): void {
    const { table, ring } = this.#parts
    const recentStart = ring.oldest
    let i = 0
    for (const queue of table.all()) {
      if (i >= this.#shrinkFrom && i < this.#shrinkFrom + queuesAtOnce) queue.shrink(recentStart)
      i++
    }
    this.#shrinkFrom = this.#shrinkFrom + queuesAtOnce >= i ? 0 : this.#shrinkFrom + queuesAtOnce
  }

  /** Waits for everything that runs now. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#preparing.values(), ...this.#running, this.#cleaning])
  }
}
