/** Sending by hand, sending again, and dead letters put back. */
import { Producer } from '../client/producer.ts'
import type { SendReceipt } from '../client/send-receipt.ts'
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { propertyNames as names } from '../protocol/message-properties.ts'
import { deadLetterTopic, isDeadLetterTopic, isRetryTopic, retryTopic } from '../protocol/topic-names.ts'
import type { Listing, MessageRow } from './admin.ts'
import { ofTheJourney } from './journey-properties.ts'
import type {
  NewMessage,
  ParkedRow,
  ReplayResult,
  ReplayRow,
  ReplayWish,
  ResendWish,
  SentMessage
} from './message-acts.ts'
import { messageById } from './messages.ts'
import { messagesByTime } from './messages-by-time.ts'
import { describeTopic } from './topics.ts'

const group = 'MQ_ADMIN_PRODUCER'

/** One for all acts of a session: ids of messages are unique within one producer. */
const producers = new WeakMap<Session, Producer>()
const producerOf = (session: Session): Producer => {
  const producer = producers.get(session) ?? new Producer(session, { group, retries: 2 })
  producers.set(session, producer)
  return producer
}

/** Resolves when the message is stored. */
export const sendMessage = async (session: Session, message: NewMessage): Promise<SentMessage> => {
  const { topic, body, bodyEncoding = 'utf8', keys, tags, properties, delayLevel, queueId, brokerName } = message
  const receipt = await producerOf(session).send({
    topic,
    body: Buffer.from(body, bodyEncoding),
    ...(keys === undefined ? {} : { keys }),
    ...(tags === undefined ? {} : { tags }),
    ...(properties === undefined ? {} : { properties: Object.entries(properties) }),
    ...(delayLevel === undefined ? {} : { delayLevel }),
    ...(queueId === undefined ? {} : { queueId }),
    ...(brokerName === undefined ? {} : { brokerName })
  })
  return sent(receipt)
}

const sent = ({
  topic,
  brokerName,
  queueId,
  queueOffset,
  messageId,
  offsetMessageId,
  status
}: SendReceipt): SentMessage => ({
  topic,
  brokerName,
  queueId,
  queueOffset,
  messageId,
  offsetMessageId,
  status
})

/** A copy of a stored message with a new id. Rejects with MQ_NOT_FOUND. */
export const resendMessage = async (session: Session, { topic, id, to }: ResendWish): Promise<SentMessage> => {
  const row = await messageById(session, topic, id)
  return sent(await producerOf(session).send(copyOf(row, to ?? topic)))
}

const copyOf = (row: MessageRow, topic: string) => ({
  topic,
  body: Buffer.from(row.body, row.bodyEncoding),
  ...(row.keys === undefined ? {} : { keys: row.keys }),
  ...(row.tags === undefined ? {} : { tags: row.tags }),
  properties: Object.entries(row.properties).filter(([name]) => !ofTheJourney.has(name))
})

/** Groups with messages that wait for another try or were given up, with their counts. */
export const parkedGroups = async (session: Session, kind: 'dlq' | 'retry'): Promise<Listing<ParkedRow>> => {
  const mine = kind === 'dlq' ? isDeadLetterTopic : isRetryTopic
  const prefix = kind === 'dlq' ? deadLetterTopic('') : retryTopic('')
  const topics = (await session.routes.topicNames()).filter(mine).sort()
  const described = await mapBounded(topics, topic => parked(session, topic, topic.slice(prefix.length)))
  return {
    items: described.flatMap(entry => (entry.row === undefined ? [] : [entry.row])),
    warnings: described.flatMap(entry => entry.warnings)
  }
}

const parked = async (
  session: Session,
  topic: string,
  ofGroup: string
): Promise<{ readonly row?: ParkedRow; readonly warnings: readonly string[] }> => {
  try {
    const { messages, queues, warnings } = await describeTopic(session, topic)
    const lastMs = Math.max(0, ...queues.map(queue => queue.lastUpdateMs ?? 0))
    const last = lastMs > 0 ? { lastUpdate: new Date(lastMs).toISOString(), lastUpdateMs: lastMs } : {}
    return { row: { group: ofGroup, topic, messages, ...last }, warnings }
  } catch (error) {
    if (!(error instanceof MqError)) throw error
    return { warnings: [`how many messages ${topic} has is unknown: ${errorText(error)}`] }
  }
}

/** Sends dead letters again. They stay where they are: a dead letter topic is a log like any other. */
export const replayDeadLetters = async (session: Session, wish: ReplayWish): Promise<ReplayResult> => {
  const { fromMs, toMs, limit, cursor } = wish
  const topic = deadLetterTopic(wish.group)
  const page =
    wish.ids === undefined
      ? await messagesByTime(session, { topic, fromMs, toMs, limit, cursor })
      : { items: await mapBounded(wish.ids, id => messageById(session, topic, id)), warnings: [], truncated: false }
  const producer = producerOf(session)
  const warnings = [...page.warnings]
  const items: ReplayRow[] = []
  // One after the other: the order of a queue is kept.
  for (const row of page.items) {
    const to = wish.to ?? row.properties[names.RETRY_TOPIC] ?? row.properties[names.DLQ_ORIGIN_TOPIC]
    const { messageId } = row
    if (to === undefined) {
      warnings.push(`${messageId} does not say which topic it came from; name one`)
      items.push({ messageId, to: '', outcome: 'failed' })
    } else if (wish.dryRun === true) items.push({ messageId, to, outcome: 'planned' })
    else items.push(await replay(producer, row, to, warnings))
  }
  const next = page.next === undefined ? {} : { next: page.next }
  return { group: wish.group, dryRun: wish.dryRun === true, items, warnings, truncated: page.truncated, ...next }
}

const replay = async (producer: Producer, row: MessageRow, to: string, warnings: string[]): Promise<ReplayRow> => {
  const { messageId } = row
  try {
    const receipt = await producer.send(copyOf(row, to))
    return { messageId, to, outcome: 'sent', sentAs: receipt.messageId }
  } catch (error) {
    if (!(error instanceof MqError)) throw error
    warnings.push(`${messageId} was not sent again: ${errorText(error)}`)
    return { messageId, to, outcome: 'failed' }
  }
}
