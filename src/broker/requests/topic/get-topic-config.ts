/** Answers GET_TOPIC_CONFIG. The wire side is described in src/protocol/requests/get-topic-config.ts. */
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { topicConfigShape } from '../../../protocol/bodies/topic-config.ts'
import { getTopicConfig } from '../../../protocol/requests/get-topic-config.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getTopicConfigRoute = ({ topics }: Pick<BrokerParts, 'topics'>): Route =>
  route(getTopicConfig, ({ topic }) => {
    const config = topics.get(topic)
    if (config !== undefined) return { body: writeBody(topicConfigShape, config) }
    return { code: responseCodes.TOPIC_NOT_EXIST, remark: `No topic in this broker. topic: ${topic}` }
  })
