/**
 * Sends messages: picks a queue in turn, and on a failure that may pass tries another one, with its own time for each
 * try. Java: DefaultMQProducerImpl.
 */
import { MqError } from '../kit/errors.ts'
import { encodeHost } from '../protocol/host-bytes.ts'
import { uniqueIds } from '../protocol/message-id.ts'
import { formatProperties, propertyNames } from '../protocol/message-properties.ts'
import { sendMessageV2 } from '../protocol/requests/send-message-v2.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { systemTopics, topicNameFault } from '../protocol/topic-names.ts'
import { type QueuePlace, writableQueues } from './routes.ts'
import { hostAddress, type Session } from './session.ts'

export interface OutgoingMessage {
  readonly topic: string
  readonly body: Buffer
  /** Separated by blanks. */
  readonly keys?: string
  readonly tags?: string
  readonly properties?: Iterable<readonly [string, string]>
  /** 1 to 18; the broker's table says how long each is. */
  readonly delayLevel?: number
  /** A fixed queue; on the named broker, or on any that has it. */
  readonly queueId?: number
  readonly brokerName?: string
}

/** All of them mean that the message is stored. */
export type SendStatus = 'SEND_OK' | 'FLUSH_DISK_TIMEOUT' | 'FLUSH_SLAVE_TIMEOUT' | 'SLAVE_NOT_AVAILABLE'

export interface SendReceipt {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  readonly messageId: string
  readonly offsetMessageId: string
  readonly status: SendStatus
}

export interface ProducerSettings {
  readonly group: string
  /** Tries after the first. */
  readonly retries: number
}

const statuses: ReadonlyMap<number, SendStatus> = new Map([
  [responseCodes.SUCCESS, 'SEND_OK' as const],
  [responseCodes.FLUSH_DISK_TIMEOUT, 'FLUSH_DISK_TIMEOUT' as const],
  [responseCodes.FLUSH_SLAVE_TIMEOUT, 'FLUSH_SLAVE_TIMEOUT' as const],
  [responseCodes.SLAVE_NOT_AVAILABLE, 'SLAVE_NOT_AVAILABLE' as const]
])
const autoQueues = 4

export class Producer {
  readonly #session: Session
  readonly #settings: ProducerSettings
  readonly #nextId: () => string
  #turn: number

  constructor(session: Session, settings: ProducerSettings = { group: 'MQ_CLI_PRODUCER', retries: 2 }) {
    const { clock } = session.settings
    const address = encodeHost(hostAddress(), 0).subarray(0, -4)
    const salt = (clock.now() ^ (process.pid << 16)) | 0
    this.#session = session
    this.#settings = settings
    this.#nextId = uniqueIds({ address, pid: process.pid, salt, now: () => clock.now() })
    this.#turn = salt & 0xffff
  }

  /** Resolves when the message is stored. Rejects with the last try's error. */
  async send(message: OutgoingMessage): Promise<SendReceipt> {
    const fault = topicNameFault(message.topic)
    if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
    const messageId = this.#nextId()
    const properties = propertiesOf(message, messageId)
    const failed = new Set<string>()
    for (let left = this.#settings.retries; ; left--) {
      const place = this.#pick(await this.#queues(message, failed.size > 0), message, failed)
      try {
        return await this.#sendTo(place, message, messageId, properties)
      } catch (error) {
        if (!(error instanceof MqError) || !error.retryable || left === 0) throw error
        failed.add(place.brokerName)
      }
    }
  }

  /** A topic that is not there yet is sent by way of TBW102, whose brokers make it; Java does the same. */
  async #queues({ topic }: OutgoingMessage, fresh: boolean): Promise<QueuePlace[]> {
    const { routes } = this.#session
    const own = await routes.find(topic, { fresh })
    if (own !== undefined) return writableQueues(topic, own)
    const inherited = await routes.find(systemTopics.defaultTopic)
    if (inherited === undefined) await routes.of(topic)
    return writableQueues(topic, inherited!).filter(place => place.queueId < autoQueues)
  }

  #pick(queues: readonly QueuePlace[], message: OutgoingMessage, failed: ReadonlySet<string>): QueuePlace {
    const { topic, brokerName, queueId } = message
    const wanted = queues.filter(
      place =>
        (brokerName === undefined || place.brokerName === brokerName) &&
        (queueId === undefined || place.queueId === queueId)
    )
    const untried = wanted.filter(place => !failed.has(place.brokerName))
    const choice = untried.length > 0 ? untried : wanted
    if (choice.length > 0) return choice[this.#turn++ % choice.length]!
    if (queues.length === 0)
      throw new MqError('MQ_NOT_PERMITTED', `the topic ${topic} has no queue that may be written`)
    const asked = [
      brokerName === undefined ? '' : `broker ${brokerName}`,
      queueId === undefined ? '' : `queue ${queueId}`
    ]
    const has = [...new Set(queues.map(place => `${place.brokerName}/${place.queueId}`))].slice(0, 16).join(' ')
    throw new MqError(
      'MQ_NOT_FOUND',
      `the topic ${topic} has no ${asked.filter(part => part !== '').join(' ')}; it has ${has}`
    )
  }

  async #sendTo(
    place: QueuePlace,
    { topic, body }: OutgoingMessage,
    messageId: string,
    properties: string
  ): Promise<SendReceipt> {
    const { brokerName, queueId } = place
    const { clock } = this.#session.settings
    const { command, header } = await this.#session.ask(
      place.addresses.get(0)!,
      sendMessageV2,
      {
        a: this.#settings.group,
        b: topic,
        c: systemTopics.defaultTopic,
        d: autoQueues,
        e: queueId,
        f: 0,
        g: clock.now(),
        h: 0,
        i: properties,
        j: 0,
        k: false,
        m: false,
        n: brokerName
      },
      { who: brokerName, what: `store a message in ${topic}`, accept: [...statuses.keys()] },
      body
    )
    return {
      topic,
      brokerName,
      queueId: header.queueId ?? queueId,
      queueOffset: header.queueOffset ?? -1,
      messageId,
      offsetMessageId: header.msgId ?? '',
      status: statuses.get(command.code)!
    }
  }
}

const propertiesOf = (message: OutgoingMessage, messageId: string): string => {
  const properties = new Map(message.properties ?? [])
  if (message.keys !== undefined) properties.set(propertyNames.KEYS, message.keys)
  if (message.tags !== undefined) properties.set(propertyNames.TAGS, message.tags)
  if (message.delayLevel !== undefined) properties.set(propertyNames.DELAY, String(message.delayLevel))
  properties.set(propertyNames.UNIQ_KEY, messageId)
  properties.set(propertyNames.WAIT, 'true')
  return formatProperties(properties)
}
