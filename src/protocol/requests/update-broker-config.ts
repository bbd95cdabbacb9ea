/**
 * UPDATE_BROKER_CONFIG (25): changes settings of a broker.
 *
 * Sent by: mqadmin updateBrokerConfig.
 * Java: AdminBrokerProcessor.updateBrokerConfig.
 *
 * - Body: Java properties text.
 */
import { request } from './request.ts'

export const updateBrokerConfig = request({
  name: 'UPDATE_BROKER_CONFIG',
  code: 25,
  access: 'admin',
  header: {},
  reply: {}
})
