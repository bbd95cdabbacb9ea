/**
 * UNLOCK_BATCH_MQ (42): gives locks of an orderly consumer back.
 *
 * Sent by: orderly push consumers.
 * Java: UnlockBatchMqRequestHeader, AdminBrokerProcessor.unlockBatchMQ.
 *
 * - Body: UnlockBatchRequestBody.
 */
import { inherited, request } from './request.ts'

export const unlockBatchMq = request({
  name: 'UNLOCK_BATCH_MQ',
  code: 42,
  access: { action: 'SUB' },
  header: { ...inherited },
  reply: {}
})
