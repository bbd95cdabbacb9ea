/**
 * DELETE_EXPIRED_COMMITLOG (329): removes the segments that are past their time now, not only at the hour set for it.
 *
 * Sent by: mqadmin deleteExpiredCommitLog.
 * Java: AdminBrokerProcessor.deleteExpiredCommitLog.
 */
import { request } from './request.ts'

export const deleteExpiredCommitlog = request({
  name: 'DELETE_EXPIRED_COMMITLOG',
  code: 329,
  access: 'admin',
  header: {},
  reply: {}
})
