/** Answers UPDATE_AND_CREATE_TOPIC_LIST. The wire side is described in src/protocol/requests/update-and-create-topic-list.ts. */
import { readBody } from '../../../protocol/bodies/shape.ts'
import { topicConfigListShape } from '../../../protocol/bodies/topic-config.ts'
import { updateAndCreateTopicList } from '../../../protocol/requests/update-and-create-topic-list.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { changedTopic, sameTopic } from '../../topics/topic-change.ts'

/** All topics of the list are made or none: they are checked first and written as one batch. */
export const updateAndCreateTopicListRoute = (parts: Pick<BrokerParts, 'options' | 'topics'>): Route =>
  route(updateAndCreateTopicList, async (_header, { body }) => {
    const asked = readBody(topicConfigListShape, body).topicConfigList
    const configs = asked.map(config => changedTopic(parts, config))
    const changed = configs.filter(config => !sameTopic(parts.topics.get(config.topicName), config))
    if (changed.length > 0) await parts.topics.putAll(changed)
    return {}
  })
