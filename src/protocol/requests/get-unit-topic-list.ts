/**
 * GET_UNIT_TOPIC_LIST (311): topics that belong to a unit.
 *
 * Sent by: admin tools.
 * Java: DefaultRequestProcessor.getUnitTopicList.
 *
 * - Body of the answer: TopicList. Bits: system-flags.ts.
 */
import { request } from './request.ts'

export const getUnitTopicList = request({
  name: 'GET_UNIT_TOPIC_LIST',
  code: 311,
  access: { action: 'LIST' },
  header: {},
  reply: {}
})
