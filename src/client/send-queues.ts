/** The queues that a message may go to, and why there are none. Java: DefaultMQProducerImpl.tryToFindTopicPublishInfo. */
import { MqError } from '../kit/errors.ts'
import type { TopicRouteData } from '../protocol/bodies/topic-route.ts'
import { systemTopics } from '../protocol/topic-names.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { type QueuePlace, type Routes, writableQueues } from './routes.ts'
import { autoQueues } from './send-receipt.ts'
import type { Session } from './session.ts'

/**
 * A topic that is not there yet is sent by way of TBW102, whose brokers make it; Java does the same. Rejects with
 * MQ_CONNECT_FAILED (no NameServer), MQ_NO_ROUTE (no broker), MQ_TOPIC_NOT_FOUND (no broker makes topics by itself).
 */
export const sendQueues = async ({ routes }: Session, topic: string, fresh: boolean): Promise<QueuePlace[]> => {
  const own = await routes.find(topic, { fresh })
  if (own !== undefined) return writableQueues(topic, own)
  const inherited = await routes.find(systemTopics.defaultTopic)
  if (inherited === undefined) return writableQueues(topic, await madeMeanwhile(routes, topic))
  return writableQueues(topic, inherited).filter(place => place.queueId < autoQueues)
}

/** Says why there is no route, unless there is one after all. */
const madeMeanwhile = async (routes: Routes, topic: string): Promise<TopicRouteData> => {
  try {
    return await routes.of(topic)
  } catch (error) {
    if (!(error instanceof MqError) || error.code !== 'MQ_TOPIC_NOT_FOUND') throw error
    const text = `the topic ${topic} does not exist, and no broker makes topics by itself (autoCreateTopicEnable is off)`
    throw new MqError(error.code, text, { cause: error, suggestions: error.suggestions.slice(0, -1) })
  }
}

export const fixedOrAll = (
  queues: readonly QueuePlace[],
  { brokerName, queueId }: OutgoingMessage
): readonly QueuePlace[] =>
  brokerName === undefined && queueId === undefined
    ? queues
    : queues.filter(
        place =>
          (brokerName === undefined || place.brokerName === brokerName) &&
          (queueId === undefined || place.queueId === queueId)
      )

export const noQueue = (queues: readonly QueuePlace[], { topic, brokerName, queueId }: OutgoingMessage): MqError => {
  if (queues.length === 0) {
    return new MqError('MQ_NOT_PERMITTED', `the topic ${topic} has no queue that may be written`)
  }
  const asked = [
    brokerName === undefined ? '' : `broker ${brokerName}`,
    queueId === undefined ? '' : `queue ${queueId}`
  ]
  const has = [...new Set(queues.map(place => `${place.brokerName}/${place.queueId}`))].slice(0, 16).join(' ')
  return new MqError(
    'MQ_NOT_FOUND',
    `the topic ${topic} has no ${asked.filter(part => part !== '').join(' ')}; it has ${has}`
  )
}
