/**
 * Reads old data slowly, again and again, to find rot before a consumer does. What it finds is logged with its range and
 * counted; nothing is changed.
 */
import type { Timer } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { readLong } from '../protocol/long.ts'
import { headKey, offsetKey } from './keys.ts'
import { chunkOf } from './log-reader.ts'
import { QueueBlock } from './queue-blocks.ts'
import type { Segment } from './segment.ts'
import type { StoreParts, StoreTools } from './store-parts.ts'

const stepMs = 250

export class Scrubber {
  readonly #parts: StoreParts
  readonly #tools: StoreTools
  #timer: Timer | undefined
  #step: Promise<void> | undefined
  #segment: Segment | undefined
  /** Where the next step begins: a log offset, then a key of the consume queue. */
  #offset = 0
  #queueKey: Buffer | undefined
  /** Log offset up to which this round has come, and rounds finished. */
  rounds = 0

  constructor(parts: StoreParts, tools: StoreTools) {
    this.#parts = parts
    this.#tools = tools
  }

  start(): void {
    if (this.#parts.settings.scrubBytesPerSecond <= 0) return
    this.#timer = this.#tools.clock.every(stepMs, () => {
      if (this.#step !== undefined) return
      this.#step = this.step().finally(() => {
        this.#step = undefined
      })
    })
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    await this.#step
  }

  /** Reads some; never rejects. */
  async step(): Promise<void> {
    const budget = (this.#parts.settings.scrubBytesPerSecond * stepMs) / 1000
    const segment = this.#choose()
    if (segment === undefined) return
    try {
      await this.#parts.segments.use(segment, async () => {
        if (this.#queueKey === undefined) await this.#readLog(segment, budget)
        else await this.#readQueues(segment, budget)
      })
    } catch (error) {
      if (error instanceof MqError && error.code === 'MQ_STORE_CORRUPT') {
        this.#tools.log.error({ segment: segment.name, error: errorText(error) }, 'damaged data was found')
      } else if (!(error instanceof MqError && error.code === 'MQ_NOT_FOUND')) {
        this.#tools.log.warn({ segment: segment.name, error: errorText(error) }, 'old data could not be read')
      }
      this.#leave(segment)
    }
  }

  /** The sealed segment under way, or the next one. */
  #choose(): Segment | undefined {
    if (this.#segment?.state === 'sealed') return this.#segment
    const sealed = this.#parts.segments.list.filter(segment => segment.state === 'sealed')
    const next = sealed.find(segment => segment.start >= this.#offset) ?? sealed[0]
    if (next === undefined) return undefined
    if (next.start < this.#offset) this.rounds++
    this.#segment = next
    this.#offset = next.start
    this.#queueKey = undefined
    return next
  }

  #leave(segment: Segment): void {
    this.#segment = undefined
    this.#queueKey = undefined
    this.#offset = segment.end
  }

  async #readLog(segment: Segment, budget: number): Promise<void> {
    const { logReader } = this.#parts
    let left = budget
    const range = { gte: offsetKey(this.#offset), limit: Math.max(1, Math.ceil(budget / 4096)) }
    await segment.databases!.commitlog.scan(range, entries => {
      for (const [key, bytes] of entries) {
        const start = readLong(key, 0)
        const chunk = start === this.#offset ? chunkOf(start, bytes) : undefined
        if (chunk === undefined) {
          const from = this.#offset
          this.#offset = start + 1
          throw logReader.corrupt({ from, to: start + 1 }, 'a chunk is missing or damaged')
        }
        this.#offset = chunk.end
        left -= bytes.length
      }
      return left > 0
    })
    if (left === budget && this.#offset < segment.end) {
      throw logReader.corrupt({ from: this.#offset, to: segment.end }, 'its chunks are missing')
    }
    if (this.#offset >= segment.end) this.#queueKey = headKey
  }

  async #readQueues(segment: Segment, budget: number): Promise<void> {
    const { logReader } = this.#parts
    let left = budget
    await segment.databases!.consumequeue.scan({ gt: this.#queueKey ?? headKey }, entries => {
      for (const [key, bytes] of entries) {
        this.#queueKey = key
        left -= bytes.length
        if (QueueBlock.open(key, bytes) === undefined) {
          logReader.corruptions++
          throw new MqError('MQ_STORE_CORRUPT', `a block of the consume queues of segment ${segment.name} is damaged`)
        }
      }
      return left > 0
    })
    if (left > 0) this.#leave(segment)
  }
}
