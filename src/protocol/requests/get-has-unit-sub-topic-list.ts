/**
 * GET_HAS_UNIT_SUB_TOPIC_LIST (312): topics with a subscription of a unit.
 *
 * Sent by: admin tools.
 * Java: DefaultRequestProcessor.getHasUnitSubTopicList.
 *
 * - Body of the answer: TopicList. Bits: system-flags.ts.
 */
import { request } from './request.ts'

export const getHasUnitSubTopicList = request({
  name: 'GET_HAS_UNIT_SUB_TOPIC_LIST',
  code: 312,
  access: { action: 'LIST' },
  header: {},
  reply: {}
})
