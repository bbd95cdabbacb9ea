/** Answers GET_ALL_TOPIC_CONFIG. The wire side is described in src/protocol/requests/get-all-topic-config.ts. */
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { plainTopics, topicConfigWrapperShape } from '../../../protocol/bodies/topic-config-wrapper.ts'
import { getAllTopicConfig } from '../../../protocol/requests/get-all-topic-config.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { pageOf } from '../../metadata-page.ts'

export const getAllTopicConfigRoute = ({ options, topics }: Pick<BrokerParts, 'options' | 'topics'>): Route =>
  route(getAllTopicConfig, ({ topicSeq, maxTopicNum, dataVersion }) => {
    const asked = { from: topicSeq, most: maxTopicNum, dataVersion }
    const page = pageOf(topics.all(), config => config.topicName, topics.dataVersion, asked, options)
    return {
      header: { totalTopicNum: topics.size },
      body: writeBody(topicConfigWrapperShape, plainTopics(page, topics.dataVersion))
    }
  })
