/** Answers DELETE_TOPIC_IN_BROKER. The wire side is described in src/protocol/requests/delete-topic-in-broker.ts. */
import { deleteTopicInBroker } from '../../../protocol/requests/delete-topic-in-broker.ts'
import { retryTopic } from '../../../protocol/topic-names.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { invalid } from '../../topics/topic-change.ts'

type Parts = Pick<BrokerParts, 'forbidden' | 'offsets' | 'options' | 'requestModes' | 'store' | 'topics' | 'traffic'>

/** Takes the topic out of the table first, so that nothing is sent to it while its queues and offsets go. */
export const deleteTopicInBrokerRoute = (parts: Parts): Route =>
  route(deleteTopicInBroker, async ({ topic }) => {
    if (topic.trim() === '') throw invalid('The specified topic is blank.')
    if (parts.options.validateSystemTopicWhenUpdateTopic && parts.topics.isSystem(topic))
      throw invalid(`The topic[${topic}] is conflict with system topic.`)
    const doomed = [topic, ...(parts.options.clearRetryTopicWhenDeleteTopic ? popRetryTopics(parts, topic) : [])]
    for (const name of doomed) {
      await parts.topics.delete(name)
      parts.offsets.deleteTopic(name)
      parts.traffic.deleteTopic(name)
      await parts.forbidden.deleteTopic(name)
      await parts.requestModes.deleteTopic(name)
      await parts.store.deleteTopic(name)
    }
    await parts.offsets.flush()
    return {}
  })

/** Retry topics of POP consumers, one for each group and topic. Java: KeyBuilder.buildPopRetryTopic. */
const popRetryTopics = ({ offsets, topics }: Parts, topic: string): string[] =>
  offsets
    .groupsOf(topic)
    .flatMap(group => [`${retryTopic(group)}+${topic}`, `${retryTopic(group)}_${topic}`])
    .filter(name => topics.get(name) !== undefined)
