/** Answers GET_ROUTEINFO_BY_TOPIC. The wire side is described in src/protocol/requests/get-route-info-by-topic.ts. */
import { writeBody } from '../../protocol/bodies/shape.ts'
import { topicRouteDataShape } from '../../protocol/bodies/topic-route.ts'
import { getRouteInfoByTopic } from '../../protocol/requests/get-route-info-by-topic.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { versions } from '../../protocol/versions.ts'
import { type Route, route } from '../../remoting/router.ts'
import { orderTopicNamespace } from '../kv-config.ts'
import type { NamesrvParts } from '../parts.ts'
import { topicRoute } from '../route-answer.ts'

type Parts = Pick<NamesrvParts, 'routes' | 'kv' | 'config' | 'clock' | 'startedAt'>

export const getRouteInfoByTopicRoute = ({ routes, kv, config, clock, startedAt }: Parts): Route =>
  route(getRouteInfoByTopic, ({ topic, acceptStandardJsonOnly }, { command, peer }) => {
    const upMs = clock.monotonic() - startedAt
    if (config.get('needWaitForService') && upMs < config.get('waitSecondsForService') * 1000) {
      return { code: responseCodes.SYSTEM_ERROR, remark: 'name server not ready' }
    }
    const found = topicRoute(routes, topic, peer, { actingMaster: config.get('supportActingMaster') })
    if (found === undefined) return { code: responseCodes.TOPIC_NOT_EXIST, remark: noRoute(topic) }
    const order = config.get('orderMessageEnable') ? kv.get(orderTopicNamespace, topic) : undefined
    const standard = command.version >= versions.V4_9_4 || acceptStandardJsonOnly === true
    const answer = order === undefined ? found : { ...found, orderTopicConf: order }
    return { body: writeBody(topicRouteDataShape, answer, { standard }) }
  })

/** Old clients tell the missing topic by this very text. */
const noRoute = (topic: string): string =>
  `No topic route info in name server for the topic: ${topic}\n` +
  'See https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.'
