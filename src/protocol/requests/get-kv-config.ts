/**
 * GET_KV_CONFIG (101): reads one value of a namespace.
 *
 * Sent by: mqadmin.
 * Java: GetKVConfigRequestHeader, GetKVConfigResponseHeader.
 *
 * - A miss is answered with QUERY_NOT_FOUND (22).
 */
import { optional, text } from '../schema.ts'
import { request } from './request.ts'

export const getKvConfig = request({
  name: 'GET_KV_CONFIG',
  code: 101,
  access: 'admin',
  header: { namespace: text, key: text },
  reply: { value: optional(text) }
})
