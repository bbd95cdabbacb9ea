/**
 * QUERY_MESSAGE (12): messages by key, unique key or tag within a time.
 *
 * Sent by: clients and mqadmin (queryMsgByKey, queryMsgByUniqueKey).
 * Java: QueryMessageRequestHeader, QueryMessageProcessor.
 *
 * - _UNIQUE_KEY_QUERY is an extra field in Java; true wins over indexType (K key, U unique key, T tag; absent or
 *   empty = K).
 * - Body of the answer: stored messages. Nothing found: QUERY_NOT_FOUND (22) with the same header.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const queryMessage = request({
  name: 'QUERY_MESSAGE',
  code: 12,
  access: { action: 'GET', topic: 'topic' },
  header: {
    topic: text,
    key: text,
    maxNum: int,
    beginTimestamp: long,
    endTimestamp: long,
    indexType: optional(text),
    lastKey: optional(text),
    _UNIQUE_KEY_QUERY: optional(bool),
    ...inherited
  },
  reply: { indexLastUpdateTimestamp: long, indexLastUpdatePhyoffset: long }
})
