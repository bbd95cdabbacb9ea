/**
 * GET_ALL_PRODUCER_INFO (328): the members of all producer groups.
 *
 * Sent by: mqadmin producer.
 * Java: GetAllProducerInfoRequestHeader.
 *
 * - Body of the answer: ProducerTableInfo.
 */
import { request } from './request.ts'

export const getAllProducerInfo = request({
  name: 'GET_ALL_PRODUCER_INFO',
  code: 328,
  access: { action: 'GET' },
  header: {},
  reply: {}
})
