/**
 * GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST (313): topics with a subscription of a unit that belong to none.
 *
 * Sent by: admin tools.
 * Java: DefaultRequestProcessor.getHasUnitSubUnUnitTopicList.
 *
 * - Body of the answer: TopicList. Bits: system-flags.ts.
 */
import { request } from './request.ts'

export const getHasUnitSubUnunitTopicList = request({
  name: 'GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST',
  code: 313,
  access: { action: 'LIST' },
  header: {},
  reply: {}
})
