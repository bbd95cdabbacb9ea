/** Answers CLEAN_UNUSED_TOPIC. The wire side is described in src/protocol/requests/clean-unused-topic.ts. */
import { cleanUnusedTopic } from '../../../protocol/requests/clean-unused-topic.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

type Parts = Pick<BrokerParts, 'log' | 'offsets' | 'store' | 'topics' | 'traffic'>

/** Such queues come from a crash in the middle of a deletion, or from delayed messages to a topic that is gone by then. */
export const cleanUnusedTopicRoute = ({ log, offsets, store, topics, traffic }: Parts): Route =>
  route(cleanUnusedTopic, async () => {
    for (const topic of store.topics()) {
      if (topics.get(topic) !== undefined || topics.isSystem(topic)) continue
      offsets.deleteTopic(topic)
      traffic.deleteTopic(topic)
      await store.deleteTopic(topic)
      log.info({ topic }, 'the queues of a topic that does not exist were removed')
    }
    await offsets.flush()
    return {}
  })
