/**
 * RESET_MASTER_FLUSH_OFFSET (908): sets how far a slave believes its master's disk to be. A master ignores it.
 *
 * Sent by: mqadmin resetMasterFlushOffset.
 * Java: ResetMasterFlushOffsetHeader, AdminBrokerProcessor.resetMasterFlushOffset.
 */
import { long } from '../schema.ts'
import { request } from './request.ts'

export const resetMasterFlushOffset = request({
  name: 'RESET_MASTER_FLUSH_OFFSET',
  code: 908,
  access: 'admin',
  header: { masterFlushOffset: long },
  reply: {}
})
