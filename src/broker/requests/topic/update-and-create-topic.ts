/** Answers UPDATE_AND_CREATE_TOPIC. The wire side is described in src/protocol/requests/update-and-create-topic.ts. */
import { updateAndCreateTopic } from '../../../protocol/requests/update-and-create-topic.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { parseAttributes } from '../../topics/attributes.ts'
import { changedTopic, sameTopic } from '../../topics/topic-change.ts'

/** Answers when the topic is durable and its route is visible at every reachable NameServer. */
export const updateAndCreateTopicRoute = (parts: Pick<BrokerParts, 'options' | 'topics'>): Route =>
  route(updateAndCreateTopic, async header => {
    const config = changedTopic(parts, {
      topicName: header.topic,
      readQueueNums: header.readQueueNums,
      writeQueueNums: header.writeQueueNums,
      perm: header.perm,
      topicFilterType: header.topicFilterType === 'MULTI_TAG' ? 'MULTI_TAG' : 'SINGLE_TAG',
      topicSysFlag: header.topicSysFlag ?? 0,
      order: header.order,
      attributes: Object.fromEntries(parseAttributes(header.attributes ?? ''))
    })
    if (!sameTopic(parts.topics.get(header.topic), config)) await parts.topics.put(config)
    return {}
  })
