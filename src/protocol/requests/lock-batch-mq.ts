/**
 * LOCK_BATCH_MQ (41): takes or renews the locks of an orderly consumer.
 *
 * Sent by: orderly push consumers, every 20 s.
 * Java: LockBatchMqRequestHeader, AdminBrokerProcessor.lockBatchMQ.
 *
 * - Bodies: LockBatchRequestBody, LockBatchResponseBody.
 */
import { inherited, request } from './request.ts'

export const lockBatchMq = request({
  name: 'LOCK_BATCH_MQ',
  code: 41,
  access: { action: 'SUB' },
  header: { ...inherited },
  reply: {}
})
