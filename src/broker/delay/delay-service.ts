/**
 * Delivers delayed messages when their time has come: one level of the schedule topic each, in order. Progress is kept in the
 * store's table `delay` and never runs ahead of what a power cut would leave of the delivered copies, so nothing is lost;
 * a crash may deliver again what was delivered since progress was last written. Java: ScheduleMessageService.
 */
import type { Timer } from '../../kit/clock.ts'
import { errorText } from '../../kit/errors.ts'
import { systemTopics } from '../../protocol/topic-names.ts'
import type { DelayParts } from './delay-parts.ts'
import { DelayQueue } from './delay-queue.ts'

export interface DelayService {
  /** Queue offset up to which a level is delivered. */
  delivered(level: number): number
  /** Ends deliveries and writes the progress; call it before the store is closed. */
  close(): Promise<void>
}

/** Between two writes of the progress. Each one costs a barrier of the log. */
const progressMs = 1000

/** Starts to deliver. Rejects when the table of progress cannot be read. */
export const createDelayService = async (parts: DelayParts): Promise<DelayService> => {
  const rows = await parts.store.meta.rows('delay')
  const service = new Service(parts, rows)
  service.start()
  return service
}

class Service implements DelayService {
  readonly #parts: DelayParts
  readonly #queues: DelayQueue[]
  /** What the table holds, by level. */
  readonly #written: number[]
  readonly #timer: Timer
  #writing: Promise<void> | undefined
  #closed = false

  constructor(parts: DelayParts, rows: ReadonlyMap<string, string>) {
    this.#parts = parts
    const levels = Array.from({ length: parts.delayLevels.max }, (_, index) => index + 1)
    this.#written = levels.map(level => Number(rows.get(String(level)) ?? 0))
    this.#queues = levels.map(level => new DelayQueue(parts, level, this.#written[level - 1]!))
    this.#timer = parts.clock.every(progressMs, () => void this.#write())
    parts.store.onReadable(queue => {
      if (queue.topic === systemTopics.schedule) this.#queues[queue.queueId]?.poke()
    })
  }

  start(): void {
    for (const queue of this.#queues) queue.poke()
  }

  delivered(level: number): number {
    return this.#queues[level - 1]?.offset ?? 0
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#timer.cancel()
    await Promise.all(this.#queues.map(queue => queue.close()))
    await this.#writing
    await this.#writeOnce()
  }

  async #write(): Promise<void> {
    if (this.#writing !== undefined || this.#closed) return
    this.#writing = this.#writeOnce()
    await this.#writing
    this.#writing = undefined
  }

  /** Never rejects: progress that could not be written is tried again. */
  async #writeOnce(): Promise<void> {
    const offsets = this.#queues.map(queue => queue.offset)
    const changed = offsets.flatMap((offset, index) => (offset === this.#written[index] ? [] : [index]))
    if (changed.length === 0) return
    const { store, log } = this.#parts
    try {
      await store.flush()
      await store.meta.write(
        changed.map(index => ({ table: 'delay', key: String(index + 1), value: String(offsets[index]) }))
      )
      for (const index of changed) this.#written[index] = offsets[index]!
    } catch (error) {
      log.error({ error: errorText(error) }, 'the progress of delayed messages could not be written; it is tried again')
    }
  }
}
