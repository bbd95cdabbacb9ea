/**
 * One queue that is this member's: pulls ahead within bounds, keeps what is not done yet, knows what may be committed.
 * Java: ProcessQueue, PullRequest, PullMessageService.
 */
import { pause } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { type Pulled, pullOnce } from './pull.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

/** How far a queue may be ahead of what has been done with it. */
export interface FlowLimits {
  /** Messages that wait or are being worked on. */
  readonly messagesMax: number
  /** Their bodies together, bytes. */
  readonly bytesMax: number
  /** Distance of the last from the first of them, offsets. Does not count for orderly consumers. */
  readonly spanMax: number
  /** Messages of one pull; brokers give at most 32 unless set otherwise. */
  readonly pullMax: number
  /** The same for all queues of a topic that are this member's, which get equal parts of it; Infinity = no such limit. */
  readonly topicMessagesMax: number
  readonly topicBytesMax: number
}

export const defaultFlow: FlowLimits = {
  messagesMax: 1000,
  bytesMax: 100 * 1024 * 1024,
  spanMax: 2000,
  pullMax: 32,
  topicMessagesMax: Number.POSITIVE_INFINITY,
  topicBytesMax: Number.POSITIVE_INFINITY
}

/** What each of a topic's queues may hold when a member has so many of them. Java: RebalancePushImpl.messageQueueChanged. */
export const flowPerQueue = (flow: FlowLimits, queues: number): FlowLimits => ({
  ...flow,
  messagesMax: Math.max(1, Math.min(flow.messagesMax, Math.floor(flow.topicMessagesMax / queues))),
  bytesMax: Math.max(1, Math.min(flow.bytesMax, Math.floor(flow.topicBytesMax / queues)))
})

export interface HeldQueueSettings {
  readonly session: Session
  readonly group: string
  readonly tags: string
  readonly subVersion: number
  readonly flow: FlowLimits
  /** Called after each pull that brought messages. */
  readonly onMessages: (queue: HeldQueue) => void
  /** Pulls may begin only when this is true; `wake` asks again. */
  readonly mayPull?: () => boolean
}

const retryMs = 1000
const suspendMs = 15_000

export class HeldQueue {
  /** Where it is now: brokers move. */
  place: QueuePlace
  flow: FlowLimits
  readonly #settings: HeldQueueSettings
  /** By offset, in order. */
  readonly #held = new Map<number, ReceivedMessage>()
  #waiting: ReceivedMessage[] = []
  #next: number
  #brokerId = 0
  #bytes = 0
  #pulling = false
  dropped = false
  paused = false
  /** Someone still works on a message of the queue's former stay. */
  blocked = false
  /** What the offset store knows. */
  committed: number | undefined
  lastPullMs = 0
  lastConsumeMs = 0
  pulls = 0

  /** Starts to pull at `offset` once `wake` is called. */
  constructor(place: QueuePlace, offset: number, settings: HeldQueueSettings) {
    this.place = place
    this.flow = settings.flow
    this.#next = offset
    this.#settings = settings
  }

  /** All before it are done. */
  get done(): number {
    for (const offset of this.#held.keys()) return offset
    return this.#next
  }

  /** Next to pull. */
  get next(): number {
    return this.#next
  }

  /** Messages that wait or are being worked on. */
  get size(): number {
    return this.#held.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The oldest message that nobody works on; it stays held until `finish`. */
  take(): ReceivedMessage | undefined {
    return this.dropped ? undefined : this.#waiting.shift()
  }

  get hasWaiting(): boolean {
    return !this.dropped && this.#waiting.length > 0
  }

  finish(message: ReceivedMessage): void {
    if (this.#held.delete(message.queueOffset)) this.#bytes -= message.body.length
    this.lastConsumeMs = this.#settings.session.settings.clock.now()
    this.wake()
  }

  /** Nothing is taken or pulled any more. */
  drop(): void {
    this.dropped = true
    this.#waiting = []
  }

  /** Pulls if there is room for more. */
  wake(): void {
    if (this.#pulling || !this.#mayPull()) return
    this.#pulling = true
    this.#pull().finally(() => {
      this.#pulling = false
      this.wake()
    })
  }

  #mayPull(): boolean {
    const { flow } = this
    if (this.dropped || this.paused || this.blocked || this.#settings.mayPull?.() === false) return false
    if (this.#held.size === 0) return true
    return this.#held.size < flow.messagesMax && this.#bytes < flow.bytesMax && this.#next - this.done <= flow.spanMax
  }

  /** One pull; never rejects. */
  async #pull(): Promise<void> {
    const { session, group, tags, subVersion } = this.#settings
    const { clock, log } = session.settings
    const { place, flow } = this
    const wish = { place, group, tags, subVersion, offset: this.#next, brokerId: this.#brokerId, suspendMs }
    this.lastPullMs = clock.now()
    this.pulls++
    try {
      this.#arrived(await pullOnce(session, { ...wish, messagesMax: flow.pullMax }))
    } catch (error) {
      if (this.dropped) return
      const passing = error instanceof MqError && error.retryable
      const text = passing ? 'cannot be read now, trying again' : 'refuses to be read, trying again'
      log.warn({ error: errorText(error), topic: place.topic, queueId: place.queueId }, `${place.brokerName} ${text}`)
      this.#brokerId = 0
      await pause(clock, retryMs)
    }
  }

  #arrived(pulled: Pulled): void {
    if (this.dropped) return
    this.#brokerId = pulled.brokerId
    // An offset beyond the answer's messages: those between were filtered, or are gone.
    this.#next = pulled.nextOffset
    for (const message of pulled.messages) {
      this.#held.set(message.queueOffset, message)
      this.#bytes += message.body.length
      this.#waiting.push(message)
    }
    if (pulled.messages.length > 0) this.#settings.onMessages(this)
  }
}
