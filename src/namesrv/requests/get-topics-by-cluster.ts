/** Answers GET_TOPICS_BY_CLUSTER. The wire side is described in src/protocol/requests/get-topics-by-cluster.ts. */
import { topicListShape } from '../../protocol/bodies/name-lists.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import { getTopicsByCluster } from '../../protocol/requests/get-topics-by-cluster.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const getTopicsByClusterRoute = ({ routes, config }: Pick<NamesrvParts, 'routes' | 'config'>): Route =>
  route(getTopicsByCluster, ({ cluster }) => {
    if (!config.get('enableTopicList')) return { code: responseCodes.SYSTEM_ERROR, remark: 'disable' }
    const names = [...(routes.clusters.get(cluster) ?? [])]
    const topicList: string[] = []
    for (const [topic, queues] of routes.topics.entries()) {
      if (names.some(name => queues.has(name))) topicList.push(topic)
    }
    return { body: writeBody(topicListShape, { topicList }) }
  })
