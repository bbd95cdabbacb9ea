/**
 * Calls a handler for each message of a group's topics: several at once, or one by one within each queue. Messages whose
 * handler fails come again, and in the end go to the dead letter queue. Java: DefaultMQPushConsumerImpl,
 * ConsumeMessageConcurrentlyService, ConsumeMessageOrderlyService.
 */
import { pause, type Timer } from '../kit/clock.ts'
import { errorText, type MqError } from '../kit/errors.ts'
import type { ConsumeDirectlyResult } from '../protocol/bodies/consume-directly-result.ts'
import { openClient } from './client-options.ts'
import { type ConsumerOptions, flowOf, offsetsOf, subscriptionsOf } from './consumer-options.ts'
import { offsetsOfTopic, runningInfo } from './consumer-status.ts'
import { asSent, handle, type MessageHandler, sendBack } from './handling.ts'
import type { HeldQueue } from './held-queue.ts'
import { Membership, queueKey } from './membership.ts'
import type { OffsetStore } from './offset-store.ts'
import { OrderLocks } from './order-locks.ts'
import { QueueSet } from './queue-set.ts'
import { average } from './rebalance/average.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { Session } from './session.ts'
import { fromWhere } from './start-offset.ts'
import { Work } from './work.ts'

export interface PushConsumerOptions extends ConsumerOptions {
  /** Tags by topic: `{ orders: '*', bills: 'paid || sent' }`. */
  readonly topics: Readonly<Record<string, string>>
  readonly handler: MessageHandler
  /** One message of a queue after the other: the order of each queue is kept, through retries too. */
  readonly orderly?: boolean
  /** Messages in the hands of the handler at once; 20 when absent. */
  readonly concurrency?: number
  /** Time of the handler for one message, milliseconds; 15 minutes when absent. After it `context.signal` fires, and the message of a concurrent consumer comes again. */
  readonly consumeTimeoutMs?: number
  /** Tries after the first until a message is a dead letter: 16 when absent; for orderly consumers without end. */
  readonly retriesMax?: number
  /** Pause before an orderly consumer tries the same message again, milliseconds; 1000 when absent. */
  readonly suspendMs?: number
  /** How long `close` waits for handlers, milliseconds; 30,000 when absent. */
  readonly drainMs?: number
}

const backRetryMs = 1000
const endless = 2 ** 31 - 1

export class PushConsumer {
  readonly #session: Session
  readonly #options: PushConsumerOptions
  readonly #work: Work
  readonly #membership: Membership
  readonly #queues: QueueSet
  readonly #locks: OrderLocks | undefined
  readonly #startedMs: number
  #lockTimer: Timer | undefined
  #closing: Promise<void> | undefined

  /**
   * Joins the group and begins to call the handler. Rejects with MQ_USAGE, MQ_CONFIG_INVALID, MQ_TOPIC_NOT_FOUND, MQ_NO_ROUTE,
   * MQ_CONNECT_FAILED. Later failures are logged and tried again. Java: DefaultMQPushConsumer.start.
   */
  static async open(options: PushConsumerOptions): Promise<PushConsumer> {
    return openClient(options, async session => {
      const consumer = new PushConsumer(session, options, await offsetsOf(session, options))
      try {
        await consumer.#membership.join()
      } catch (error) {
        await consumer.close()
        throw error
      }
      return consumer
    })
  }

  constructor(session: Session, options: PushConsumerOptions, offsets: OffsetStore) {
    const { group, orderly = false, concurrency = 20, model = 'clustering', from = 'last' } = options
    const { clock } = session.settings
    const locked = orderly && model === 'clustering'
    this.#session = session
    this.#options = options
    this.#startedMs = clock.now()
    this.#locks = locked ? new OrderLocks(session, group) : undefined
    const run = orderly
      ? (queue: HeldQueue, message: ReceivedMessage) => this.#inOrder(queue, message)
      : (queue: HeldQueue, message: ReceivedMessage) => this.#once(queue, message)
    this.#work = new Work({ concurrency, perQueue: orderly ? 1 : concurrency, run })
    this.#membership = new Membership(session, {
      group,
      model: model === 'clustering' ? 'CLUSTERING' : 'BROADCASTING',
      consumeType: 'CONSUME_PASSIVELY',
      consumeFromWhere: fromWhere(from),
      topics: subscriptionsOf(options.topics),
      rebalance: options.rebalance ?? average,
      onShare: wanted => this.#queues.share(wanted),
      callbacks: {
        resetOffsets: changed => this.#queues.reset(changed),
        offsets: topic => offsetsOfTopic(this.#queues, topic),
        runningInfo: () => this.#info(),
        consume: message => this.#directly(message)
      }
    })
    const locks = this.#locks
    const flow = flowOf(options)
    this.#queues = new QueueSet({
      session,
      group,
      offsets,
      from,
      flow: orderly ? { ...flow, spanMax: Number.POSITIVE_INFINITY } : flow,
      commitPeriodMs: options.commitPeriodMs ?? 5000,
      tagsOf: topic => this.#membership.topics.get(topic) ?? '*',
      subVersion: this.#membership.subVersion,
      onMessages: queue => this.#work.offer(queue),
      ...(locks === undefined
        ? {}
        : {
            admit: places => locks.take(places),
            settle: queue => this.#work.settled(queue),
            released: place => locks.giveBack([place])
          })
    })
    if (locks !== undefined) this.#lockTimer = clock.every(locks.periodMs, () => this.#keepLocks(locks))
  }

  /** `address@instance`, as brokers list it. */
  get clientId(): string {
    return this.#session.clientId
  }

  /** The queues that are this member's now. */
  get queues(): readonly { readonly topic: string; readonly brokerName: string; readonly queueId: number }[] {
    return [...this.#queues.queues.values()].map(({ place: { topic, brokerName, queueId } }) => ({
      topic,
      brokerName,
      queueId
    }))
  }

  /**
   * Pulls nothing and calls the handler for nothing until `resume`; handlers that run go on, and the queues stay this
   * member's. Java: DefaultMQPushConsumer.suspend.
   */
  suspend(): void {
    this.#queues.suspend()
    this.#work.pause()
  }

  /** Goes on where `suspend` stopped. */
  resume(): void {
    this.#work.resume()
    this.#queues.resume()
  }

  /**
   * Begins no more messages, waits for the handlers for at most `drainMs`, commits, leaves the group. Never rejects. Java:
   * DefaultMQPushConsumer.shutdown.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** So that `await using` closes. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const { clock } = this.#session.settings
    this.#work.stop()
    await this.#membership.stopSharing()
    for (const queue of this.#queues.queues.values()) queue.paused = true
    const drained = Promise.race([this.#work.settled(), pause(clock, this.#options.drainMs ?? 30_000)])
    await drained
    this.#lockTimer?.cancel()
    // A handler that hangs must not keep the group waiting; its message is not committed, so it comes again.
    await Promise.race([this.#queues.close(), pause(clock, 5000)])
    await this.#membership.leave()
    await this.#session.close()
  }

  /** A message of a consumer that works on several at once. Never rejects. */
  async #once(queue: HeldQueue, message: ReceivedMessage): Promise<void> {
    const handled = await this.#handle(message, message.reconsumeTimes + 1)
    if (handled.kind !== 'done') {
      const { messageId, topic } = message
      this.#session.settings.log.warn({ error: handled.reason, messageId, topic }, 'a message was not consumed')
      if (this.#options.model !== 'broadcasting' && !(await this.#back(queue, message, handled.level))) return
    }
    queue.finish(message)
  }

  /** A message of an orderly consumer: again and again, until it is done or a dead letter. Never rejects. */
  async #inOrder(queue: HeldQueue, message: ReceivedMessage): Promise<void> {
    const { clock, log } = this.#session.settings
    const triesMax = this.#options.retriesMax ?? endless
    for (let attempt = 1; ; attempt++) {
      if (queue.dropped || this.#locks?.isHeld(queue.place) === false) return
      const handled = await this.#handle(message, attempt)
      if (handled.kind === 'done') break
      const { messageId, topic } = message
      log.warn({ error: handled.reason, messageId, topic, attempt }, 'a message was not consumed')
      const isOver = attempt > triesMax || handled.level < 0
      if (isOver && this.#options.model === 'broadcasting') break
      if (isOver) {
        if (!(await this.#back(queue, message, -1))) return
        break
      }
      if (this.#closing !== undefined) return
      await pause(clock, this.#options.suspendMs ?? 1000)
    }
    queue.finish(message)
  }

  #handle(message: ReceivedMessage, attempt: number): ReturnType<typeof handle> {
    const { handler, consumeTimeoutMs: timeoutMs = 15 * 60_000 } = this.#options
    const { clock, log } = this.#session.settings
    const { topic, messageId } = message
    const onLate = (error: MqError): void => log.warn({ error: error.message, topic, messageId }, 'a handler is late')
    const toTheEnd = this.#options.orderly === true
    return handle(handler, asSent(message), { clock, timeoutMs, attempt, toTheEnd, onLate })
  }

  /** Tries to hand a message back until its broker takes it; false when the queue went to someone else before. */
  async #back(queue: HeldQueue, message: ReceivedMessage, level: number): Promise<boolean> {
    const { clock, log } = this.#session.settings
    const { group, retriesMax: triesMax = 16 } = this.#options
    for (;;) {
      try {
        await sendBack(this.#session, queue.place, message, { group, level, triesMax })
        return true
      } catch (error) {
        log.warn({ error: errorText(error), messageId: message.messageId }, 'a message could not be handed back yet')
        if (queue.dropped || this.#closing !== undefined) return false
        await pause(clock, backRetryMs)
      }
    }
  }

  #keepLocks(locks: OrderLocks): void {
    const held = [...this.#queues.queues.values()].map(queue => queue.place)
    const work = async (): Promise<void> => {
      const lost = await locks.renew(held)
      await this.#queues.lose(lost.map(queueKey))
      await this.#queues.refresh()
    }
    work().catch(error => this.#session.settings.log.warn({ error: errorText(error) }, 'locks were not renewed'))
  }

  /** 309: one message now, whatever the queue. */
  async #directly(message: ReceivedMessage): Promise<ConsumeDirectlyResult> {
    const { kind, reason, tookMs } = await this.#handle(message, message.reconsumeTimes + 1)
    const results = { done: 'CR_SUCCESS', retry: 'CR_LATER', late: 'CR_LATER', thrown: 'CR_THROW_EXCEPTION' } as const
    return {
      order: this.#options.orderly ?? false,
      autoCommit: true,
      consumeResult: results[kind],
      ...(reason === '' ? {} : { remark: reason }),
      spentTimeMills: tookMs
    }
  }

  #info(): ReturnType<typeof runningInfo> {
    const { orderly = false, concurrency = 20 } = this.#options
    const facts = { startedMs: this.#startedMs, orderly, concurrency, namesrv: this.#session.routes.namesrv }
    return runningInfo(this.#queues, this.#membership.data, facts, this.#locks)
  }
}
