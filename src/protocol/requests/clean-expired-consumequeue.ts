/**
 * CLEAN_EXPIRED_CONSUMEQUEUE (306): removes consume queues whose messages are gone.
 *
 * Sent by: mqadmin cleanExpiredCQ.
 * Java: AdminBrokerProcessor.cleanExpiredConsumeQueue.
 */
import { request } from './request.ts'

export const cleanExpiredConsumequeue = request({
  name: 'CLEAN_EXPIRED_CONSUMEQUEUE',
  code: 306,
  access: 'admin',
  header: {},
  reply: {}
})
