/**
 * Sends messages: picks a queue, and on a failure that may pass tries another broker, each try with its own part of the
 * time, so that a broker that hangs does not use up all of it. Java: DefaultMQProducerImpl.
 */
import { untilAborted } from '../kit/abort.ts'
import { pause, type Timer } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { levelsOf } from '../protocol/compression.ts'
import { encodeHost } from '../protocol/host-bytes.ts'
import { encodeBatch } from '../protocol/message-batch.ts'
import { uniqueIds } from '../protocol/message-id.ts'
import { sendBatchMessage } from '../protocol/requests/send-batch-message.ts'
import { sendMessageV2 } from '../protocol/requests/send-message-v2.ts'
import type { Compression } from '../protocol/system-flags.ts'
import { groupNameFault } from '../protocol/topic-names.ts'
import { batchesOf } from './batches.ts'
import { BrokerFaults } from './broker-faults.ts'
import { type ClientOptions, openClient } from './client-options.ts'
import { heartbeat, heartbeatPeriodMs, leaveProducers } from './heartbeats.ts'
import { checkOutgoing, type OutgoingMessage, type Packed, pack, propertiesOf } from './outgoing-message.ts'
import { type QueueSelector, roundRobin } from './queue-selectors.ts'
import type { QueuePlace } from './routes.ts'
import { fixedOrAll, noQueue, sendQueues } from './send-queues.ts'
import { readReceipt, type SendReceipt, sendHeader, storedCodes } from './send-receipt.ts'
import { hostAddress, type Session } from './session.ts'

export interface ProducerSettings {
  readonly group: string
  /** Tries after the first. */
  readonly retries: number
  /** For all tries of one send together, milliseconds. */
  readonly sendTimeoutMs: number
  /** Picks the queue where the send itself names no selector. */
  readonly selector: QueueSelector
  /** Leave brokers alone for up to 30 s that were slow or failed. */
  readonly avoidFaults: boolean
  /** What large bodies are compressed with. Readers before 5.0 know zlib alone. Batches are never compressed, as in Java. */
  readonly compression: Compression
  /** 0 to 9 for zlib, 1 to 22 for zstd; LZ4 has no levels. */
  readonly compressionLevel: number
  /** Bodies larger than this are compressed, if that makes them smaller; bytes. */
  readonly compressAboveBytes: number
  /** Largest body, and largest batch; bytes. Brokers have a limit of their own, 4 MiB unless set. */
  readonly bodyBytesMax: number
}

/**
 * Every setting may be left out: group `MQ_PRODUCER`, 2 retries, `requestTimeoutMs` in all, round robin, faults avoided, zlib
 * at level 5 above 4096 bytes, bodies up to 4 MiB.
 */
export interface ProducerOptions extends ClientOptions, Partial<ProducerSettings> {}

export interface SendOptions {
  /** Counts before the producer's own. A message with a fixed queue needs none. */
  readonly selector?: QueueSelector
  /** For all tries together, milliseconds; the producer's own when absent. */
  readonly timeoutMs?: number
  /** Ends the wait at once: `send` rejects with its reason. A try that is under way may still be stored. */
  readonly signal?: AbortSignal
}

const defaultLevel = 5
/** Before the second try where no other broker is left to try; doubled each time, milliseconds. */
const retryPauseMs = 50

const compressionFault = ({ compression = 'zlib', compressionLevel: level }: ProducerOptions): string | undefined => {
  const levels = new Map(Object.entries(levelsOf)).get(compression)
  if (levels === undefined) return `the compression ${compression} is none of ${Object.keys(levelsOf).join(', ')}`
  const [least, most] = levels
  if (level === undefined || most === 0 || (Number.isInteger(level) && level >= least && level <= most))
    return undefined
  return `the compression level ${level} of ${compression} is no whole number from ${least} to ${most}`
}

/** What a try that failed with such a code may find better at another broker. Java: DefaultMQProducer.retryResponseCodes. */
const elsewhereCodes: ReadonlySet<number> = new Set([1, 16, 17])

export class Producer {
  readonly #session: Session
  readonly #settings: ProducerSettings
  readonly #nextId: () => string
  readonly #faults: BrokerFaults
  readonly #brokers = new Set<string>()
  readonly #sending = new Set<Promise<unknown>>()
  #heartbeats: Timer | undefined
  #owned = false
  #closing: Promise<void> | undefined

  /** Connects when the first message is sent. Rejects with MQ_USAGE, MQ_CONFIG_INVALID, MQ_CONNECT_FAILED (address server). */
  static async open(options: ProducerOptions = {}): Promise<Producer> {
    const fault = (options.group === undefined ? undefined : groupNameFault(options.group)) ?? compressionFault(options)
    if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
    return openClient(options, session => {
      const producer = new Producer(session, options)
      producer.#owned = true
      return producer
    })
  }

  /** Over a session that someone else closes; programs use `open`. */
  constructor(session: Session, settings: Partial<ProducerSettings> = {}) {
    const { clock } = session.settings
    const address = encodeHost(hostAddress(), 0).subarray(0, -4)
    const salt = (clock.now() ^ (process.pid << 16) ^ (++made << 8)) | 0
    this.#session = session
    this.#settings = {
      group: settings.group ?? 'MQ_PRODUCER',
      retries: settings.retries ?? 2,
      sendTimeoutMs: settings.sendTimeoutMs ?? session.settings.timeoutMs,
      selector: settings.selector ?? roundRobin(salt & 0xffff),
      avoidFaults: settings.avoidFaults ?? true,
      compression: settings.compression ?? 'zlib',
      compressionLevel: settings.compressionLevel ?? defaultLevel,
      compressAboveBytes: settings.compressAboveBytes ?? 4096,
      bodyBytesMax: settings.bodyBytesMax ?? 4 * 1024 * 1024
    }
    this.#nextId = uniqueIds({ address, pid: process.pid, salt, now: () => clock.now() })
    this.#faults = new BrokerFaults(clock)
  }

  /**
   * Resolves when the message is stored; `status` says how safely. Rejects with the last try's error: MQ_USAGE,
   * MQ_MESSAGE_INVALID, MQ_TOPIC_NOT_FOUND, MQ_NO_ROUTE, MQ_NOT_PERMITTED at once; MQ_CONNECT_FAILED, MQ_TIMEOUT, MQ_TOO_BUSY
   * and others after the retries. After a MQ_TIMEOUT the message may be stored or not. Java: DefaultMQProducer.send.
   */
  async send(message: OutgoingMessage, options: SendOptions = {}): Promise<SendReceipt> {
    this.#check(message, options)
    return this.#watched(options, async () => {
      const packed = await pack(message, this.#nextId(), this.#settings)
      return this.#tries(message, options, (place, timeoutMs) => this.#sendTo(place, message, packed, timeoutMs))
    })
  }

  /**
   * Sends without an answer and resolves when the message has left the program: nobody says whether it is stored. Rejects
   * as `send` does when there is no route or no connection. Java: DefaultMQProducer.sendOneway.
   */
  async sendOneWay(message: OutgoingMessage, options: SendOptions = {}): Promise<void> {
    this.#check(message, options)
    return this.#watched(options, async () => {
      const packed = await pack(message, this.#nextId(), this.#settings)
      const place = this.#pick(await sendQueues(this.#session, message.topic, false), message, options, new Set())
      const header = sendHeader(this.#settings.group, place, message.topic, packed, this.#session.settings.clock)
      await this.#session.remoting.oneWay(place.addresses.get(0)!, sendMessageV2, header, packed.body)
    })
  }

  /**
   * Sends messages of one topic together, in requests of at most `bodyBytesMax` bytes each; one receipt a message. Messages
   * of one request go to one queue, one after the other. Rejects as `send` does; the message of the error says how many
   * were stored before. Delayed messages and fixed queues are refused with MQ_USAGE. Java: MessageBatch.
   */
  async sendBatch(messages: readonly OutgoingMessage[], options: SendOptions = {}): Promise<SendReceipt[]> {
    for (const message of messages) this.#check(message, options)
    const topic = messages[0]?.topic
    const odd = messages.find(
      entry => entry.topic !== topic || (entry.delayLevel ?? 0) > 0 || entry.queueId !== undefined
    )
    if (odd !== undefined) {
      throw new MqError('MQ_USAGE', 'a batch takes messages of one topic, without delay level and fixed queue')
    }
    return this.#watched(options, async () => {
      const receipts: SendReceipt[] = []
      const packed = messages.map(message => {
        const messageId = this.#nextId()
        return { messageId, properties: propertiesOf(message, messageId), body: message.body, sysFlag: 0 }
      })
      for (const batch of batchesOf(packed, this.#settings.bodyBytesMax)) {
        try {
          const send = (place: QueuePlace, timeoutMs: number): Promise<SendReceipt[]> =>
            this.#sendBatchTo(place, topic!, batch, timeoutMs)
          receipts.push(...(await this.#tries(messages[0]!, options, send)))
        } catch (error) {
          if (!(error instanceof MqError) || receipts.length === 0) throw error
          const text = `the first ${receipts.length} of ${messages.length} messages are stored; ${errorText(error)}`
          throw new MqError(error.code, text, { cause: error })
        }
      }
      return receipts
    })
  }

  /** The queues that a topic's messages can go to, in the order that selectors see. Rejects as `send` does without a route. */
  async queues(topic: string): Promise<readonly QueuePlace[]> {
    return sendQueues(this.#session, topic, false)
  }

  /** Waits for sends that are under way, tells the brokers, closes the connections. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** So that `await using` closes. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#sending)
    this.#heartbeats?.cancel()
    await leaveProducers(this.#session, this.#brokers, this.#settings.group)
    if (this.#owned) await this.#session.close()
  }

  #check(message: OutgoingMessage, { signal }: SendOptions): void {
    if (this.#closing !== undefined) throw new MqError('MQ_CONNECTION_CLOSED', 'the producer is closed')
    signal?.throwIfAborted()
    checkOutgoing(message, this.#settings)
  }

  #watched<T>({ signal }: SendOptions, work: () => Promise<T>): Promise<T> {
    const sending = work()
    this.#sending.add(sending)
    const forget = (): boolean => this.#sending.delete(sending)
    sending.then(forget, forget)
    return untilAborted(sending, signal)
  }

  /** Tries until one succeeds, a failure is final, or the time is up. */
  async #tries<T>(
    message: OutgoingMessage,
    options: SendOptions,
    send: (place: QueuePlace, timeoutMs: number) => Promise<T>
  ): Promise<T> {
    const { clock } = this.#session.settings
    const until = clock.monotonic() + (options.timeoutMs ?? this.#settings.sendTimeoutMs)
    const failed = new Set<string>()
    let queues = await sendQueues(this.#session, message.topic, false)
    const { sticky } = options.selector ?? this.#settings.selector
    let place = this.#pick(queues, message, options, failed)
    for (let left = this.#settings.retries; ; left--) {
      const began = clock.monotonic()
      try {
        const done = await send(place, Math.max(1, (until - began) / (left + 1)))
        this.#faults.answered(place.brokerName, clock.monotonic() - began)
        this.#keepKnown(place)
        return done
      } catch (error) {
        if (!(error instanceof MqError)) throw error
        failed.add(place.brokerName)
        const others = queues.some(queue => !failed.has(queue.brokerName))
        const elsewhere = others && elsewhereCodes.has(error.responseCode ?? -1)
        if (error.retryable) this.#faults.failed(place.brokerName)
        const over = left === 0 || clock.monotonic() >= until || options.signal?.aborted === true
        if (over || !(error.retryable || elsewhere)) throw error
        // A broker that starts again takes a moment; where there is another one, that is tried at once.
        if (!others || sticky) await pause(clock, this.#pauseMs(left, until))
      }
      // Where the topic is by now; what was known is good enough when no NameServer says.
      queues = await sendQueues(this.#session, message.topic, true).catch(() => queues)
      const { brokerName, queueId } = place
      const again = queues.find(queue => queue.brokerName === brokerName && queue.queueId === queueId)
      place = sticky ? (again ?? place) : this.#pick(queues, message, options, failed)
    }
  }

  #pauseMs(left: number, until: number): number {
    const share = (until - this.#session.settings.clock.monotonic()) / (left + 1)
    return Math.max(0, Math.min(retryPauseMs * 2 ** (this.#settings.retries - left), share))
  }

  #pick(
    queues: readonly QueuePlace[],
    message: OutgoingMessage,
    options: SendOptions,
    failed: ReadonlySet<string>
  ): QueuePlace {
    const wanted = fixedOrAll(queues, message)
    if (wanted.length === 0) throw noQueue(queues, message)
    const selector = options.selector ?? this.#settings.selector
    if (selector.sticky) return selector.select(wanted)
    const untried = wanted.filter(place => !failed.has(place.brokerName))
    const among = untried.length > 0 ? untried : wanted
    const well = this.#settings.avoidFaults ? among.filter(place => !this.#faults.isAway(place.brokerName)) : among
    return selector.select(well.length > 0 ? well : among)
  }

  async #sendTo(
    place: QueuePlace,
    { topic }: OutgoingMessage,
    packed: Packed,
    timeoutMs: number
  ): Promise<SendReceipt> {
    const { clock } = this.#session.settings
    const answered = await this.#session.ask(
      place.addresses.get(0)!,
      sendMessageV2,
      sendHeader(this.#settings.group, place, topic, packed, clock),
      { who: place.brokerName, what: `store a message in ${topic}`, accept: storedCodes, timeoutMs },
      packed.body
    )
    return readReceipt(topic, place, [packed], answered)[0]!
  }

  async #sendBatchTo(
    place: QueuePlace,
    topic: string,
    batch: readonly Packed[],
    timeoutMs: number
  ): Promise<SendReceipt[]> {
    const { clock } = this.#session.settings
    const entries = batch.map(({ body, properties }) => ({ flag: 0, body, properties: Buffer.from(properties) }))
    // Brokers append the header's properties to those of each message: nothing of one message may stand there.
    const common = { properties: 'WAIT\u0001true\u0002', sysFlag: 0 }
    const answered = await this.#session.ask(
      place.addresses.get(0)!,
      sendBatchMessage,
      { ...sendHeader(this.#settings.group, place, topic, common, clock), m: true },
      { who: place.brokerName, what: `store ${batch.length} messages in ${topic}`, accept: storedCodes, timeoutMs },
      encodeBatch(entries)
    )
    return readReceipt(topic, place, batch, answered)
  }

  /** From the first send on brokers hear that this producer lives. */
  #keepKnown(place: QueuePlace): void {
    const { size } = this.#brokers
    for (const address of place.addresses.values()) this.#brokers.add(address)
    if (this.#brokers.size === size || !this.#owned || this.#closing !== undefined) return
    const groups = { producerDataSet: [{ groupName: this.#settings.group }] }
    const beat = (): void => {
      heartbeat(this.#session, this.#brokers, groups).catch(() => {})
    }
    beat()
    this.#heartbeats ??= this.#session.settings.clock.every(heartbeatPeriodMs, beat)
  }
}

/** Producers of this process so far: ids of two must differ. */
let made = 0
