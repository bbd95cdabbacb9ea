/**
 * GET_BROKER_EPOCH_CACHE (1007): the epochs of a broker that a controller elects masters for.
 *
 * Sent by: mqadmin getBrokerEpoch.
 * Java: AdminBrokerProcessor.getBrokerEpochCache.
 *
 * - A broker without a controller answers SYSTEM_ERROR (1).
 */
import { request } from './request.ts'

export const getBrokerEpochCache = request({
  name: 'GET_BROKER_EPOCH_CACHE',
  code: 1007,
  access: 'admin',
  header: {},
  reply: {}
})
