/**
 * ADD_WRITE_PERM_OF_BROKER (327): gives the write permission back to every topic of a broker.
 *
 * Sent by: mqadmin addWritePerm.
 * Java: AddWritePermOfBrokerRequestHeader.
 */
import { int, text } from '../schema.ts'
import { request } from './request.ts'

export const addWritePermOfBroker = request({
  name: 'ADD_WRITE_PERM_OF_BROKER',
  code: 327,
  access: 'admin',
  header: { brokerName: text },
  reply: { addTopicCount: int }
})
