/**
 * GET_KVLIST_BY_NAMESPACE (219): all values of a namespace.
 *
 * Sent by: admin tools.
 * Java: GetKVListByNamespaceRequestHeader.
 *
 * - Body of the answer: KVTable.
 */
import { text } from '../schema.ts'
import { request } from './request.ts'

export const getKvlistByNamespace = request({
  name: 'GET_KVLIST_BY_NAMESPACE',
  code: 219,
  access: 'admin',
  header: { namespace: text },
  reply: {}
})
