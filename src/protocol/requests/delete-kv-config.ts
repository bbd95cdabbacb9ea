/**
 * DELETE_KV_CONFIG (102): removes one value of a namespace.
 *
 * Sent by: mqadmin deleteKvConfig.
 * Java: DeleteKVConfigRequestHeader.
 */
import { text } from '../schema.ts'
import { request } from './request.ts'

export const deleteKvConfig = request({
  name: 'DELETE_KV_CONFIG',
  code: 102,
  access: 'admin',
  header: { namespace: text, key: text },
  reply: {}
})
