/** Finding messages: by key, by id, by place. */
import { pullOnce } from '../client/pull.ts'
import { hostText, type ReceivedMessage, receivedMessages } from '../client/received-message.ts'
import { type QueuePlace, readableQueues } from '../client/routes.ts'
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import { parseOffsetMessageId, uniqueIdTimestamp } from '../protocol/message-id.ts'
import { queryMessage } from '../protocol/requests/query-message.ts'
import { viewMessageById } from '../protocol/requests/view-message-by-id.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { MessageRow } from './admin.ts'
import type { KeySearch } from './message-acts.ts'
import { messageRow } from './message-row.ts'
import { freshRoute } from './targets.ts'

export interface Reachable {
  readonly brokerName: string
  readonly address: string
}

/** A group that every broker has, for tools. */
export const toolsGroup = 'TOOLS_CONSUMER'
const idSlackMs = 1000 * 3600 * 24

/** The brokers of a topic's route, masters where there are any. */
export const brokersOf = async (session: Session, topic: string): Promise<Reachable[]> => {
  const route = await freshRoute(session, topic)
  return route.brokerDatas.flatMap(({ brokerName, brokerAddrs }) => {
    const address = brokerAddrs.get(0) ?? brokerAddrs.values().next().value
    return address === undefined ? [] : [{ brokerName, address }]
  })
}

/** Asks one index. At most 64 messages come, the newest; brokers of mq go on before `lastKey`, Apache's do so now and then. */
export const queryIndex = async (
  session: Session,
  { brokerName, address }: Reachable,
  search: Pick<KeySearch, 'topic' | 'key' | 'limit' | 'fromMs' | 'toMs'> & { readonly lastKey?: string },
  unique: boolean
): Promise<ReceivedMessage[]> => {
  const { topic, key, limit, fromMs, toMs, lastKey } = search
  const { command } = await session.ask(
    address,
    queryMessage,
    {
      topic,
      key,
      maxNum: limit,
      beginTimestamp: fromMs,
      endTimestamp: toMs,
      indexType: unique ? 'U' : 'K',
      ...(lastKey === undefined ? {} : { lastKey }),
      _UNIQUE_KEY_QUERY: unique
    },
    { who: brokerName, what: `search ${topic}`, accept: [responseCodes.QUERY_NOT_FOUND] }
  )
  return command.code === 0 ? receivedMessages(command.body, brokerName) : []
}

/** Both kinds of ids look alike: the place that an offset id names is tried first, then the index. */
export const messageById = async (session: Session, topic: string, id: string): Promise<MessageRow> => {
  const brokers = await brokersOf(session, topic)
  const found = (await byOffsetId(session, topic, id, brokers)) ?? (await byUniqueId(session, topic, id, brokers))
  if (found !== undefined) return messageRow(found)
  throw new MqError('MQ_NOT_FOUND', `no message of ${topic} has the id ${id}`)
}

const byOffsetId = async (
  session: Session,
  topic: string,
  id: string,
  brokers: readonly Reachable[]
): Promise<ReceivedMessage | undefined> => {
  if (!/^([0-9a-fA-F]{32}|[0-9a-fA-F]{56})$/.test(id)) return undefined
  const { storeHost, physicalOffset } = parseOffsetMessageId(id)
  const named = hostText(storeHost)
  // The host in the id is where the broker once said that it is; behind a NAT only the route's address answers.
  const known = brokers.filter(broker => broker.address === named)
  for (const broker of known.length > 0 ? known : brokers) {
    const asking = { who: broker.brokerName, what: `read at ${physicalOffset}`, accept: [responseCodes.SYSTEM_ERROR] }
    const { command } = await session.ask(broker.address, viewMessageById, { topic, offset: physicalOffset }, asking)
    if (command.code !== 0) continue
    const [message] = await receivedMessages(command.body, broker.brokerName)
    if (message?.offsetMessageId === id.toUpperCase() && message.topic === topic) return message
  }
  return undefined
}

const byUniqueId = async (
  session: Session,
  topic: string,
  id: string,
  brokers: readonly Reachable[]
): Promise<ReceivedMessage | undefined> => {
  const madeMs = uniqueIdTimestamp(id, session.settings.clock.now())
  // Ids of other makers carry no time, and clocks of senders may be off by a little.
  const fromMs = madeMs === undefined ? 0 : Math.max(0, madeMs - idSlackMs)
  for (const broker of brokers) {
    const search = { topic, key: id, limit: 32, fromMs, toMs: Number.MAX_SAFE_INTEGER }
    const messages = await queryIndex(session, broker, search, true)
    const message = messages.find(entry => entry.topic === topic && entry.messageId === id)
    if (message !== undefined) return message
  }
  return undefined
}

export const messageByOffset = async (
  session: Session,
  topic: string,
  brokerName: string,
  queueId: number,
  offset: number
): Promise<MessageRow> => {
  const queues = readableQueues(topic, await freshRoute(session, topic))
  const place = queues.find(queue => queue.brokerName === brokerName && queue.queueId === queueId)
  if (place === undefined) throw noQueue(topic, brokerName, queueId, queues)
  const pulled = await pullOnce(session, {
    place,
    group: toolsGroup,
    offset,
    messagesMax: 1,
    tags: '*',
    subVersion: session.settings.clock.now(),
    suspendMs: 0,
    brokerId: 0
  })
  const message = pulled.messages.find(entry => entry.queueOffset === offset)
  if (message !== undefined) return messageRow(message)
  const range = `it holds offsets ${pulled.minOffset} to ${pulled.maxOffset - 1}`
  const holds = pulled.maxOffset > pulled.minOffset ? range : 'it is empty'
  throw new MqError('MQ_NOT_FOUND', `the queue ${topic} ${brokerName}/${queueId} has no message at ${offset}; ${holds}`)
}

const noQueue = (topic: string, broker: string, queueId: number, queues: readonly QueuePlace[]): MqError => {
  const names = queues.slice(0, 16).map(queue => `${queue.brokerName}/${queue.queueId}`)
  return new MqError('MQ_NOT_FOUND', `the topic ${topic} has no queue ${broker}/${queueId}; it has ${names.join(' ')}`)
}
