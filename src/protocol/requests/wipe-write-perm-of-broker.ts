/**
 * WIPE_WRITE_PERM_OF_BROKER (205): takes the write permission from every topic of a broker.
 *
 * Sent by: mqadmin wipeWritePerm.
 * Java: WipeWritePermOfBrokerRequestHeader.
 */
import { int, text } from '../schema.ts'
import { request } from './request.ts'

export const wipeWritePermOfBroker = request({
  name: 'WIPE_WRITE_PERM_OF_BROKER',
  code: 205,
  access: 'admin',
  header: { brokerName: text },
  reply: { wipeTopicCount: int }
})
