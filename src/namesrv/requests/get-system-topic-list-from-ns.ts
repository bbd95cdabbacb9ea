/** Answers GET_SYSTEM_TOPIC_LIST_FROM_NS. The wire side is described in src/protocol/requests/get-system-topic-list-from-ns.ts. */
import { topicListShape } from '../../protocol/bodies/name-lists.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import { getSystemTopicListFromNs } from '../../protocol/requests/get-system-topic-list-from-ns.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'
import { clusterInfo } from '../route-answer.ts'

/** The topics named after clusters and brokers, and one broker to ask for the rest. */
export const getSystemTopicListFromNsRoute = ({ routes }: Pick<NamesrvParts, 'routes'>): Route =>
  route(getSystemTopicListFromNs, (_header, { peer }) => {
    const { brokerAddrTable, clusterAddrTable } = clusterInfo(routes, peer)
    const topicList = [...new Set(Array.from(clusterAddrTable, ([cluster, names]) => [cluster, ...names]).flat())]
    const [broker] = brokerAddrTable.values()
    const [brokerAddr] = broker?.brokerAddrs.values() ?? []
    return { body: writeBody(topicListShape, brokerAddr === undefined ? { topicList } : { topicList, brokerAddr }) }
  })
