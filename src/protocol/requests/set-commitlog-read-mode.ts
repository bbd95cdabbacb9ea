/**
 * SET_COMMITLOG_READ_MODE (2004): whether the kernel reads ahead in commit log files.
 *
 * Sent by: mqadmin setCommitLogReadAheadMode.
 * Java: AdminBrokerProcessor.setCommitLogReadaheadMode.
 *
 * - READ_AHEAD_MODE is a flag of madvise: 0 normal, 1 random.
 */
import { optional, text } from '../schema.ts'
import { request } from './request.ts'

export const setCommitlogReadMode = request({
  name: 'SET_COMMITLOG_READ_MODE',
  code: 2004,
  access: 'admin',
  header: { READ_AHEAD_MODE: optional(text) },
  reply: {}
})
