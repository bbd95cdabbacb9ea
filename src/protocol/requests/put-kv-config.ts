/**
 * PUT_KV_CONFIG (100): stores one value under a namespace and a key.
 *
 * Sent by: mqadmin updateKvConfig, updateOrderConf.
 * Java: PutKVConfigRequestHeader.
 */
import { text } from '../schema.ts'
import { request } from './request.ts'

export const putKvConfig = request({
  name: 'PUT_KV_CONFIG',
  code: 100,
  access: 'admin',
  header: { namespace: text, key: text, value: text },
  reply: {}
})
