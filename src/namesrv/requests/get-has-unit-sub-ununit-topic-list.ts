/** Answers GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST. The wire side is described in src/protocol/requests/get-has-unit-sub-ununit-topic-list.ts. */
import { getHasUnitSubUnunitTopicList } from '../../protocol/requests/get-has-unit-sub-ununit-topic-list.ts'
import { topicFlags } from '../../protocol/system-flags.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'
import { unitTopics } from '../unit-topics.ts'

export const getHasUnitSubUnunitTopicListRoute = (parts: Pick<NamesrvParts, 'routes' | 'config'>): Route =>
  route(getHasUnitSubUnunitTopicList, () =>
    unitTopics(parts, flag => (flag & (topicFlags.UNIT | topicFlags.UNIT_SUB)) === topicFlags.UNIT_SUB)
  )
