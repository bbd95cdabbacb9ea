/**
 * GET_BROKER_CONFIG (26): the settings of a broker.
 *
 * Sent by: mqadmin getBrokerConfig.
 * Java: GetBrokerConfigResponseHeader, AdminBrokerProcessor.getBrokerConfig.
 *
 * - Body of the answer: Java properties text. version is a DataVersion as JSON.
 */
import { text } from '../schema.ts'
import { request } from './request.ts'

export const getBrokerConfig = request({
  name: 'GET_BROKER_CONFIG',
  code: 26,
  access: 'admin',
  header: {},
  reply: { version: text }
})
