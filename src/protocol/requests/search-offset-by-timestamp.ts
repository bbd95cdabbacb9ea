/**
 * SEARCH_OFFSET_BY_TIMESTAMP (29): the offset of a queue at a store time.
 *
 * Sent by: consumers that start at a time, admin tools.
 * Java: SearchOffsetRequestHeader, AdminBrokerProcessor.searchOffsetByTimestamp.
 *
 * - boundaryType is LOWER (the default) or UPPER, in either case of letters.
 */
import { int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const searchOffsetByTimestamp = request({
  name: 'SEARCH_OFFSET_BY_TIMESTAMP',
  code: 29,
  access: { action: 'GET', topic: 'topic' },
  header: {
    topic: text,
    queueId: int,
    timestamp: long,
    boundaryType: optional(text),
    liteTopic: optional(text),
    ...inherited
  },
  reply: { offset: long }
})
