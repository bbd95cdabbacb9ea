/**
 * Reads several queues at once, without a group: nothing is committed, nobody else is disturbed. One pull per queue is
 * under way; the next is sent when its messages have been taken, so a slow reader holds at most one answer per queue.
 */
import { pause } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { type Pulled, pullOnce } from './pull.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

/** A queue, where to begin, and the offset to stop at (exclusive; absent = never). */
export interface ReadPlan {
  readonly place: QueuePlace
  readonly from: number
  readonly to?: number
}

export interface ReadSettings {
  /** Exists on every broker, for tools. */
  readonly group: string
  readonly tags: string
  readonly signal: AbortSignal
}

const messagesMax = 32
const suspendMs = 15_000
const retryMs = 1000

interface Reading {
  readonly place: QueuePlace
  readonly to: number
  offset: number
  brokerId: number
}

interface Arrived {
  readonly reading: Reading
  readonly pulled: Pulled | undefined
}

/** Messages as they come; ends when every queue has reached its end, or the signal fires. */
export async function* readQueues(
  session: Session,
  plans: readonly ReadPlan[],
  settings: ReadSettings
): AsyncGenerator<ReceivedMessage> {
  const reader = new Reader(session, settings)
  try {
    for (const { place, from, to } of plans) {
      reader.start({ place, offset: from, to: to ?? Number.POSITIVE_INFINITY, brokerId: 0 })
    }
    for (;;) {
      const arrived = await reader.next()
      if (arrived === undefined) return
      const { reading, pulled } = arrived
      if (pulled !== undefined) {
        for (const message of pulled.messages) {
          if (message.queueOffset < reading.to && !settings.signal.aborted) yield message
        }
        reading.offset = pulled.nextOffset
        reading.brokerId = pulled.brokerId
      }
      reader.start(reading)
    }
  } finally {
    reader.end()
  }
}

class Reader {
  readonly #session: Session
  readonly #settings: ReadSettings
  readonly #arrived: Arrived[] = []
  #pulling = 0
  #failure: unknown
  #ended = false
  #wake: () => void = () => {}

  constructor(session: Session, settings: ReadSettings) {
    this.#session = session
    this.#settings = settings
    settings.signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  /** Sends the next pull of a queue that has not reached its end. */
  start(reading: Reading): void {
    if (reading.offset >= reading.to) return
    this.#pulling++
    this.#pull(reading)
      .then(
        pulled => this.#arrived.push({ reading, pulled }),
        error => {
          this.#failure ??= error
        }
      )
      .finally(() => {
        this.#pulling--
        this.#wake()
      })
  }

  /** What arrived next; undefined when nothing more will. */
  async next(): Promise<Arrived | undefined> {
    for (;;) {
      if (this.#settings.signal.aborted) return undefined
      if (this.#failure !== undefined) throw this.#failure
      const arrived = this.#arrived.shift()
      if (arrived !== undefined || this.#pulling === 0) return arrived
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** From now on pulls that fail are nobody's business: they end with the connection. */
  end(): void {
    this.#ended = true
  }

  /** One pull; a failure that may pass is reported, and tried again after a pause. */
  async #pull({ place, offset, brokerId }: Reading): Promise<Pulled | undefined> {
    const { clock, log } = this.#session.settings
    const { group, tags } = this.#settings
    try {
      return await pullOnce(this.#session, {
        place,
        group,
        offset,
        messagesMax,
        tags,
        subVersion: clock.now(),
        suspendMs,
        brokerId
      })
    } catch (error) {
      if (!(error instanceof MqError) || !error.retryable) throw error
      if (this.#ended || this.#settings.signal.aborted) return undefined
      log.warn({ error: errorText(error) }, `${place.brokerName} cannot be read now, trying again`)
      await pause(clock, retryMs)
      return undefined
    }
  }
}
