/**
 * One delay level: sleeps until its oldest message is due, delivers all that are due, and only then goes on. What could not be
 * stored is tried again, so nothing is skipped and nothing overtakes.
 */

import { pause, type Timer } from '../../kit/clock.ts'
import { errorText, MqError } from '../../kit/errors.ts'
import { decodeMessages, type StoredMessage } from '../../protocol/message.ts'
import { systemTopics } from '../../protocol/topic-names.ts'
import type { ReadResult, ReadStatus } from '../../store/contract.ts'
import { append } from '../send/send-append.ts'
import type { DelayParts } from './delay-parts.ts'
import { delivered } from './delayed-message.ts'

const messagesMax = 32
const bytesMax = 256 * 1024
/** After a delivery that the store refused. */
const retryMs = 100
/** After a read that failed: the data may be there again after a repair. */
const readRetryMs = 10_000
/** A message that cannot be read so many times in a row is left out, or everything behind it would wait for ever. */
const readTriesMax = 6
/** A timer of the platform cannot sleep for longer than 24 days. */
const sleepMsMax = 3_600_000

/** Outcomes of a read that say that nothing will ever be readable at the offset asked for. */
const movingStatuses: ReadonlySet<ReadStatus> = new Set([
  'OFFSET_TOO_SMALL',
  'OFFSET_OVERFLOW_BADLY',
  'MESSAGE_WAS_REMOVING',
  'NO_MESSAGE_IN_QUEUE',
  'NO_MATCHED_LOGIC_QUEUE'
])

export class DelayQueue {
  readonly #parts: DelayParts
  readonly #level: number
  /** Entries below this were stored by an earlier process, whose clock may have been another one. */
  readonly #oldEnd: number
  #offset: number
  /** How far the clock was set back between two processes; see `#dueAt`. */
  #shiftMs = 0
  #failedReads = 0
  #timer: Timer | undefined
  #running: Promise<void> | undefined
  #again = false
  #closed = false

  constructor(parts: DelayParts, level: number, offset: number) {
    this.#parts = parts
    this.#level = level
    this.#offset = Number.isSafeInteger(offset) && offset >= 0 ? offset : 0
    this.#oldEnd = parts.store.maxOffset(systemTopics.schedule, level - 1)
  }

  /** Everything below is delivered. */
  get offset(): number {
    return this.#offset
  }

  /** Looks at the queue now, or once more when it is being looked at. */
  poke(): void {
    if (this.#closed) return
    if (this.#running !== undefined) {
      this.#again = true
      return
    }
    // Asleep until the oldest message is due: newer ones cannot be due before it.
    if (this.#timer !== undefined) return
    this.#running = this.#run().finally(() => {
      this.#running = undefined
      if (this.#again) {
        this.#again = false
        this.poke()
      }
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#timer?.cancel()
    await this.#running
  }

  #sleepUntil(time: number): void {
    if (this.#closed) return
    const { clock, delayLevels } = this.#parts
    const delayMs = Math.min(Math.max(1, Math.ceil(time - delayLevels.now())), sleepMsMax)
    this.#timer = clock.after(delayMs, () => {
      this.#timer = undefined
      this.poke()
    })
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      let next: number | undefined
      try {
        next = await this.#round()
      } catch (error) {
        next = this.#readFailed(error)
      }
      if (next === undefined) return
      if (next > this.#parts.delayLevels.now()) {
        this.#sleepUntil(next)
        return
      }
    }
  }

  /** Delivers what is due. Returns when to look again: 0 = at once, undefined = when something is stored. */
  async #round(): Promise<number | undefined> {
    const { store, delayLevels } = this.#parts
    const start = this.#offset
    const now = delayLevels.now()
    let seen = start
    let headDue: number | undefined
    const result = await store.read(systemTopics.schedule, this.#level - 1, start, {
      messagesMax,
      bytesMax,
      // The store asks for one entry after the other. At the first that is not due, the rest is not due either.
      matches: deliverAt => {
        if (headDue !== undefined) return false
        const due = this.#dueAt(seen++, deliverAt, now)
        if (due > now) headDue = due
        return headDue === undefined
      }
    })
    this.#failedReads = 0
    if (result.status === 'FOUND') {
      await this.#deliver(result)
      return 0
    }
    if (headDue !== undefined) return headDue
    return this.#nothingFound(result)
  }

  /**
   * When an entry is due, in the levels' time. One from an earlier process that would wait for longer than its level was
   * stored before the clock was set back: it and those around it are due by that much earlier.
   */
  #dueAt(queueOffset: number, deliverAt: number, now: number): number {
    if (queueOffset >= this.#oldEnd) return deliverAt
    const excess = deliverAt - this.#shiftMs - (now + this.#parts.delayLevels.delayMs(this.#level))
    if (excess > 0) this.#shiftMs += excess
    return deliverAt - this.#shiftMs
  }

  #nothingFound({ status, nextOffset, minOffset, maxOffset }: ReadResult): number | undefined {
    // Nothing else may move the progress: what is not read is not delivered.
    if (!movingStatuses.has(status)) return status === 'OFFSET_OVERFLOW_ONE' ? undefined : this.#later()
    const moved = Math.max(minOffset, Math.min(maxOffset, nextOffset))
    if (moved === this.#offset) return undefined
    const { log } = this.#parts
    // Retention took what was not delivered yet, or the log's end was lost; either way there is nothing to read here.
    log.warn(
      { level: this.#level, from: this.#offset, to: moved, status },
      'the progress of a delay level was corrected'
    )
    this.#offset = moved
    return moved < maxOffset ? 0 : undefined
  }

  async #deliver({ messages }: ReadResult): Promise<void> {
    const due = decodeMessages(messages)
    const outcomes = await Promise.all(due.map(message => this.#deliverOne(message)))
    const undelivered = outcomes.indexOf(false)
    const next = due[undelivered < 0 ? due.length - 1 : undelivered]
    if (next !== undefined) this.#offset = next.queueOffset + (undelivered < 0 ? 1 : 0)
  }

  /** False only at a stop: then the next process starts with this message. */
  async #deliverOne(message: StoredMessage): Promise<boolean> {
    const { store, traffic, clock, log } = this.#parts
    const draft = delivered(message)
    const { physicalOffset } = message
    if (draft === undefined) {
      log.error({ level: this.#level, physicalOffset }, 'a delayed message does not say where it goes; it is left out')
      return true
    }
    for (;;) {
      try {
        const { size } = await append(store, draft)
        traffic.stored(draft.topic, 1, size)
        return true
      } catch (error) {
        if (error instanceof MqError && error.code === 'MQ_MESSAGE_INVALID') {
          log.error({ level: this.#level, physicalOffset, error: errorText(error) }, 'a delayed message is left out')
          return true
        }
        if (this.#closed) return false
        log.warn({ level: this.#level, error: errorText(error) }, 'a delayed message could not be stored; tried again')
        await pause(clock, retryMs)
      }
    }
  }

  #later(): number {
    return this.#parts.delayLevels.now() + readRetryMs
  }

  #readFailed(error: unknown): number {
    const { log } = this.#parts
    this.#failedReads += 1
    const fields = { level: this.#level, queueOffset: this.#offset, error: errorText(error) }
    if (this.#failedReads < readTriesMax) {
      log.error(fields, 'delayed messages cannot be read; they are tried again')
      return this.#later()
    }
    log.error(fields, 'a delayed message cannot be read and is left out')
    this.#failedReads = 0
    this.#offset += 1
    return 0
  }
}
