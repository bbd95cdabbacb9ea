/**
 * QUERY_CORRECTION_OFFSET (308): the least offset of all groups in each queue of a topic.
 *
 * Sent by: admin tools (API).
 * Java: QueryCorrectionOffsetHeader, AdminBrokerProcessor.queryCorrectionOffset.
 *
 * - filterGroups, separated by commas, are left out of the least. (Java also deletes their offsets, which it surely was
 *   not meant to.)
 * - A queue in which compareGroup is behind the least of the others is answered with Long.MAX_VALUE.
 * - Body of the answer: QueryCorrectionOffsetBody, with bare queue ids.
 */
import { optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const queryCorrectionOffset = request({
  name: 'QUERY_CORRECTION_OFFSET',
  code: 308,
  access: { action: 'GET', topic: 'topic', group: 'compareGroup' },
  header: { filterGroups: optional(text), compareGroup: text, topic: text, ...inherited },
  reply: {}
})
