/** Answers DELETE_TOPIC_IN_NAMESRV. The wire side is described in src/protocol/requests/delete-topic-in-namesrv.ts. */
import { deleteTopicInNamesrv } from '../../protocol/requests/delete-topic-in-namesrv.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const deleteTopicInNamesrvRoute = ({ routes, log }: Pick<NamesrvParts, 'routes' | 'log'>): Route =>
  route(deleteTopicInNamesrv, ({ topic, clusterName }, { peer }) => {
    if (clusterName === undefined || clusterName === '') routes.topics.delete(topic)
    else routes.deleteTopicOfCluster(topic, clusterName)
    log.info({ topic, clusterName, by: peer.remote }, 'the route of a topic was deleted')
    return {}
  })
