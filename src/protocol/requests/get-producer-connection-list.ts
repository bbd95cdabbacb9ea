/**
 * GET_PRODUCER_CONNECTION_LIST (204): the members of a producer group.
 *
 * Sent by: mqadmin producerConnection.
 * Java: GetProducerConnectionListRequestHeader.
 *
 * - Body of the answer: ProducerConnection.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getProducerConnectionList = request({
  name: 'GET_PRODUCER_CONNECTION_LIST',
  code: 204,
  access: { action: 'GET' },
  header: { producerGroup: text, ...inherited },
  reply: {}
})
