/** Answers GET_ALL_TOPIC_LIST_FROM_NAMESERVER. The wire side is described in src/protocol/requests/get-all-topic-list-from-nameserver.ts. */
import { topicListShape } from '../../protocol/bodies/name-lists.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import { getAllTopicListFromNameserver } from '../../protocol/requests/get-all-topic-list-from-nameserver.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const getAllTopicListFromNameserverRoute = ({
  routes,
  config
}: Pick<NamesrvParts, 'routes' | 'config'>): Route =>
  route(getAllTopicListFromNameserver, () =>
    config.get('enableAllTopicList')
      ? { body: writeBody(topicListShape, { topicList: [...routes.topics.names()] }) }
      : { code: responseCodes.SYSTEM_ERROR, remark: 'disable' }
  )
