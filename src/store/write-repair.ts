/**
 * After a failed write: LevelDB goes on writing into a log that is misaligned, and would lose what it then acknowledges. So
 * nothing is acknowledged any more, the databases are closed and opened again until that works, the log's end is read anew,
 * and only then does the store go on. What the failed writes left behind whole stays: its outcome was never told.
 */
import type { Clock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import type { DiskGuard } from './disk-guard.ts'
import { isDiskFull } from './durable-files.ts'
import { LogReplay, type ReplayEnd } from './log-replay.ts'
import type { Segment } from './segment.ts'
import type { StoreParts } from './store-parts.ts'

const retryMs = 500

export interface RepairedEnd {
  readonly position: number
  readonly previousChunk: number
  readonly storeTimestamp: number
}

export class WriteRepair {
  readonly #parts: StoreParts
  readonly #disk: DiskGuard
  readonly #clock: Clock
  readonly #log: Logger
  #stopped = false
  #wake: () => void = () => {}

  constructor(parts: StoreParts, disk: DiskGuard, clock: Clock, log: Logger) {
    this.#parts = parts
    this.#disk = disk
    this.#clock = clock
    this.#log = log
  }

  stop(): void {
    this.#stopped = true
    this.#wake()
  }

  #pause(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve
      this.#clock.after(retryMs, resolve)
    })
  }

  /**
   * Resolves to where the log goes on; undefined when the store was closed meanwhile. Rejects with MQ_STORE_CORRUPT when
   * confirmed data is not there any more: then nothing may be appended until a person has looked.
   */
  async run(cause: unknown): Promise<RepairedEnd | undefined> {
    this.#log.error({ error: errorText(cause) }, 'a write to the commit log failed; the store is opened anew')
    let reason = cause
    while (!this.#stopped) {
      try {
        if (isDiskFull(reason)) await this.#disk.dropBallast()
        await this.#reopen()
        return await this.#readEnd()
      } catch (error) {
        if (error instanceof MqError && error.code === 'MQ_STORE_CORRUPT') throw error
        reason = error
        this.#log.warn({ error: errorText(error) }, 'the store could not be opened anew yet')
        if (!this.#stopped) await this.#pause()
      }
    }
    return undefined
  }

  /** The segment that was written to, and the ones made ahead. */
  #written(): Segment[] {
    const { segments, ring } = this.#parts
    return segments.list.filter(segment => segment.databases !== undefined && segment.end > ring.committed)
  }

  async #reopen(): Promise<void> {
    for (const segment of this.#written()) await segment.databases!.commitlog.reopen()
  }

  async #readEnd(): Promise<RepairedEnd> {
    const { ring, starts, table, index, queueReader, logReader } = this.#parts
    const confirmed = ring.committed
    for (const queue of table.all()) queue.cut(queue.maxOffset)
    ring.cut(confirmed)
    index.cut(confirmed)
    starts.cut(confirmed)
    queueReader.forget()
    logReader.forget()
    const replay = new LogReplay(this.#parts)
    let position = confirmed
    let end: ReplayEnd | undefined
    for (const segment of this.#written()) {
      if (segment.start > position) break
      const range = { from: position, skipBelow: confirmed, queuesCovered: confirmed, indexCovered: confirmed }
      end = await replay.run(segment, segment.databases!.commitlog, range)
      if (end.position < confirmed || end.hole) {
        const text = `commit log offsets ${end.position} to ${confirmed} were confirmed and are not there after a failed write`
        throw new MqError('MQ_STORE_CORRUPT', text)
      }
      position = end.position
      if (position < segment.end) break
      if (starts.pending(segment.end) === undefined) starts.roll(segment.end)
    }
    this.#log.info({ position, adopted: replay.replayed }, 'the store goes on after a failed write')
    return { position, previousChunk: end?.previousChunk ?? position, storeTimestamp: replay.storeTimestamp }
  }
}
