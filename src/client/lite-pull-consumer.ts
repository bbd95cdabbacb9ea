/**
 * Reads at the program's own pace: `poll`, or a loop over the consumer. Queues come from the group's share (`subscribe`) or
 * are named by the program (`assign`). Java: DefaultLitePullConsumerImpl.
 */
import { MqError } from '../kit/errors.ts'
import { groupNameFault } from '../protocol/topic-names.ts'
import { openClient } from './client-options.ts'
import { type ConsumerOptions, flowOf, offsetsOf, subscriptionsOf } from './consumer-options.ts'
import { offsetsOfTopic, runningInfo } from './consumer-status.ts'
import { asSent } from './handling.ts'
import type { HeldQueue } from './held-queue.ts'
import { Membership, queueKey } from './membership.ts'
import type { OffsetStore } from './offset-store.ts'
import { maxOffset, minOffset, offsetAtTime } from './queue-offsets.ts'
import { QueueSet } from './queue-set.ts'
import { average } from './rebalance/average.ts'
import type { ReceivedMessage } from './received-message.ts'
import { type QueuePlace, readableQueues } from './routes.ts'
import type { Session } from './session.ts'
import { fromWhere } from './start-offset.ts'

export interface LitePullConsumerOptions extends ConsumerOptions {
  /** Commit what has been taken every `commitPeriodMs`; true when absent. */
  readonly autoCommit?: boolean
}

export interface PollOptions {
  /** How long to wait when there is nothing, milliseconds; 5000 when absent. */
  readonly timeoutMs?: number
  /** Most messages of one poll; 32 when absent. */
  readonly max?: number
  /** Ends the wait: `poll` rejects with its reason. */
  readonly signal?: AbortSignal
}

/** A queue, as `queuesOf` and `assignment` give it. */
export type QueueName = Omit<QueuePlace, 'addresses'>

export class LitePullConsumer implements AsyncIterable<ReceivedMessage> {
  readonly #session: Session
  readonly #options: LitePullConsumerOptions
  readonly #offsets: OffsetStore
  readonly #startedMs: number
  /** Handed out and not yet known to be done. */
  #taken: { readonly queue: HeldQueue; readonly message: ReceivedMessage }[] = []
  #queues: QueueSet | undefined
  #membership: Membership | undefined
  /** Polls that wait for messages. */
  readonly #waiting = new Set<() => void>()
  #closed: Promise<void> | undefined

  /** Joins no group yet: see `subscribe` and `assign`. Rejects with MQ_USAGE, MQ_CONFIG_INVALID, MQ_CONNECT_FAILED (address server). */
  static async open(options: LitePullConsumerOptions): Promise<LitePullConsumer> {
    const fault = groupNameFault(options.group)
    if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
    return openClient(
      options,
      async session => new LitePullConsumer(session, options, await offsetsOf(session, options))
    )
  }

  constructor(session: Session, options: LitePullConsumerOptions, offsets: OffsetStore) {
    this.#session = session
    this.#options = options
    this.#offsets = offsets
    this.#startedMs = session.settings.clock.now()
  }

  /** `address@instance`, as brokers list it. */
  get clientId(): string {
    return this.#session.clientId
  }

  /**
   * Reads these topics as a member of the group: tags by topic, `{ orders: '*' }`. Once, and not together with `assign`.
   * Rejects with MQ_USAGE, MQ_TOPIC_NOT_FOUND, MQ_NO_ROUTE, MQ_CONNECT_FAILED. Java: subscribe.
   */
  async subscribe(topics: Readonly<Record<string, string>>): Promise<void> {
    const { group, model, from = 'last', rebalance = average } = this.#options
    this.#mustBeFresh()
    const membership: Membership = new Membership(this.#session, {
      group,
      model: model === 'broadcasting' ? 'BROADCASTING' : 'CLUSTERING',
      consumeType: 'CONSUME_ACTIVELY',
      consumeFromWhere: fromWhere(from),
      topics: subscriptionsOf(topics),
      rebalance,
      onShare: wanted => queues.share(wanted),
      callbacks: {
        resetOffsets: offsets => queues.reset(offsets),
        offsets: topic => offsetsOfTopic(queues, topic),
        runningInfo: () => {
          const facts = { startedMs: this.#startedMs, orderly: false, concurrency: 1 }
          return runningInfo(queues, membership.data, { ...facts, namesrv: this.#session.routes.namesrv }, undefined)
        }
      }
    })
    const queues = this.#makeQueues(topic => membership.topics.get(topic) ?? '*', membership.subVersion)
    this.#queues = queues
    this.#membership = membership
    await membership.join()
  }

  /**
   * Reads exactly these queues, whoever else does; called again, it replaces them. `tags` holds for all of them. Throws
   * MQ_USAGE after `subscribe`. Java: assign.
   */
  async assign(queues: readonly QueueName[], tags = '*'): Promise<void> {
    if (this.#membership !== undefined) throw new MqError('MQ_USAGE', 'a consumer that has subscribed cannot assign')
    this.#queues ??= this.#makeQueues(() => tags, this.#startedMs)
    const places = await Promise.all(queues.map(queue => this.#placeOf(queue)))
    await this.#queues.share(new Map(places.map(place => [queueKey(place), place])))
  }

  /** The queues that a topic has. Rejects with MQ_TOPIC_NOT_FOUND, MQ_NO_ROUTE, MQ_CONNECT_FAILED. Java: fetchMessageQueues. */
  async queuesOf(topic: string): Promise<readonly QueueName[]> {
    return readableQueues(topic, await this.#session.routes.of(topic)).map(nameOf)
  }

  /** The queues that are read now. Java: assignment. */
  get assignment(): readonly QueueName[] {
    return [...(this.#queues?.queues.values() ?? [])].map(queue => nameOf(queue.place))
  }

  /**
   * The next messages, of one queue after the other; empty when none came in time. All that was handed out before counts as
   * done from now on. Rejects with MQ_USAGE (nothing subscribed), MQ_CONNECTION_CLOSED (closed). Java: poll.
   */
  async poll({ timeoutMs = 5000, max = 32, signal }: PollOptions = {}): Promise<readonly ReceivedMessage[]> {
    signal?.throwIfAborted()
    this.#finish()
    const { clock } = this.#session.settings
    let late = false
    const timer = clock.after(timeoutMs, () => {
      late = true
      this.#wake()
    })
    const wake = (): void => this.#wake()
    signal?.addEventListener('abort', wake, { once: true })
    try {
      for (;;) {
        if (this.#closed !== undefined) throw new MqError('MQ_CONNECTION_CLOSED', 'the consumer is closed')
        signal?.throwIfAborted()
        const messages = this.#take(max)
        if (messages.length > 0 || late) return messages
        await new Promise<void>(resolve => this.#waiting.add(resolve))
      }
    } finally {
      timer.cancel()
      signal?.removeEventListener('abort', wake)
    }
  }

  /** `for await (const message of consumer)`: the same as `messages()`. */
  [Symbol.asyncIterator](): AsyncGenerator<ReceivedMessage> {
    return this.messages()
  }

  /**
   * Messages one by one, each done when the next is asked for; ends when the consumer is closed. Rejects with the signal's
   * reason when it fires, otherwise as `poll` does.
   */
  async *messages({ signal }: Pick<PollOptions, 'signal'> = {}): AsyncGenerator<ReceivedMessage> {
    while (this.#closed === undefined) {
      try {
        yield* await this.poll({ max: 1, ...(signal === undefined ? {} : { signal }) })
      } catch (error) {
        if (this.#closed === undefined) throw error
      }
    }
  }

  /** Commits all that was handed out so far. Rejects with what a broker says, or MQ_CONNECT_FAILED, MQ_TIMEOUT. Java: commit. */
  async commit(): Promise<void> {
    this.#finish()
    await this.#held().commit()
  }

  /** What the group committed for a queue; undefined = nothing yet. Java: committed. */
  async committed(queue: QueueName): Promise<number | undefined> {
    return this.#offsets.read(await this.#placeOf(queue))
  }

  /**
   * Goes on at this offset of a queue that is read now: `start`, `end`, a number, or `{ timeMs }`, the first stored at or
   * after a time (milliseconds since 1970). Rejects with MQ_NOT_FOUND when the queue is not read here. Java: seek.
   */
  async seek(queue: QueueName, to: 'start' | 'end' | number | { readonly timeMs: number }): Promise<void> {
    const place = this.#heldQueue(queue).place
    const offset = await this.#offsetOf(place, to)
    this.#taken = this.#taken.filter(entry => queueKey(entry.queue.place) !== queueKey(place))
    if (this.#held().restart(queueKey(place), offset) === undefined) throw notHere(queue)
  }

  /** Pulls and hands out nothing more of these queues until `resume`. Throws MQ_NOT_FOUND. Java: pause. */
  pause(queues: readonly QueueName[]): void {
    for (const queue of queues) this.#heldQueue(queue).paused = true
  }

  /** Throws MQ_NOT_FOUND. Java: resume. */
  resume(queues: readonly QueueName[]): void {
    for (const name of queues) {
      const queue = this.#heldQueue(name)
      queue.paused = false
      queue.wake()
    }
    this.#wake()
  }

  /** Commits what is done (not what was handed out last), leaves the group. Never rejects. Java: shutdown. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  /** So that `await using` closes. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  async #close(): Promise<void> {
    await this.#membership?.stopSharing()
    await this.#queues?.close()
    await this.#membership?.leave()
    await this.#session.close()
    this.#wake()
  }

  #makeQueues(tagsOf: (topic: string) => string, subVersion: number): QueueSet {
    const { group, from = 'last', commitPeriodMs = 5000, autoCommit = true } = this.#options
    return new QueueSet({
      session: this.#session,
      group,
      offsets: this.#offsets,
      from,
      flow: flowOf(this.#options),
      commitPeriodMs: autoCommit ? commitPeriodMs : 0,
      keepOnRelease: autoCommit,
      tagsOf,
      subVersion,
      onMessages: () => this.#wake()
    })
  }

  #take(max: number): ReceivedMessage[] {
    const messages: ReceivedMessage[] = []
    for (const queue of this.#held().inTurn()) {
      while (messages.length < max && !queue.paused) {
        const message = queue.take()
        if (message === undefined) break
        this.#taken.push({ queue, message })
        messages.push(asSent(message))
      }
    }
    return messages
  }

  #finish(): void {
    for (const { queue, message } of this.#taken.splice(0)) queue.finish(message)
  }

  async #placeOf({ topic, brokerName, queueId }: QueueName): Promise<QueuePlace> {
    const queues = readableQueues(topic, await this.#session.routes.of(topic))
    const found = queues.find(place => place.brokerName === brokerName && place.queueId === queueId)
    if (found === undefined)
      throw new MqError('MQ_NOT_FOUND', `the topic ${topic} has no queue ${brokerName}/${queueId}`)
    return found
  }

  async #offsetOf(place: QueuePlace, to: Parameters<LitePullConsumer['seek']>[1]): Promise<number> {
    if (typeof to === 'number') return to
    if (to === 'start') return minOffset(this.#session, place)
    return to === 'end' ? maxOffset(this.#session, place) : offsetAtTime(this.#session, place, to.timeMs)
  }

  #held(): QueueSet {
    if (this.#queues === undefined) throw new MqError('MQ_USAGE', 'nothing is read yet: call subscribe or assign first')
    return this.#queues
  }

  #heldQueue(queue: QueueName): HeldQueue {
    const found = this.#held().queues.get(queueKey(queue))
    if (found === undefined) throw notHere(queue)
    return found
  }

  #mustBeFresh(): void {
    if (this.#queues !== undefined) throw new MqError('MQ_USAGE', 'a consumer subscribes once, and not after assign')
  }
}

const nameOf = ({ topic, brokerName, queueId }: QueuePlace): QueueName => ({ topic, brokerName, queueId })

const notHere = ({ topic, brokerName, queueId }: QueueName): MqError =>
  new MqError('MQ_NOT_FOUND', `the queue ${brokerName}/${queueId} of ${topic} is not read by this consumer now`)
