/** Answers GET_UNIT_TOPIC_LIST. The wire side is described in src/protocol/requests/get-unit-topic-list.ts. */
import { getUnitTopicList } from '../../protocol/requests/get-unit-topic-list.ts'
import { topicFlags } from '../../protocol/system-flags.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'
import { unitTopics } from '../unit-topics.ts'

export const getUnitTopicListRoute = (parts: Pick<NamesrvParts, 'routes' | 'config'>): Route =>
  route(getUnitTopicList, () => unitTopics(parts, flag => (flag & topicFlags.UNIT) !== 0))
