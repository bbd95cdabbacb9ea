/** Answers GET_HAS_UNIT_SUB_TOPIC_LIST. The wire side is described in src/protocol/requests/get-has-unit-sub-topic-list.ts. */
import { getHasUnitSubTopicList } from '../../protocol/requests/get-has-unit-sub-topic-list.ts'
import { topicFlags } from '../../protocol/system-flags.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'
import { unitTopics } from '../unit-topics.ts'

export const getHasUnitSubTopicListRoute = (parts: Pick<NamesrvParts, 'routes' | 'config'>): Route =>
  route(getHasUnitSubTopicList, () => unitTopics(parts, flag => (flag & topicFlags.UNIT_SUB) !== 0))
