/**
 * UPDATE_NAMESRV_CONFIG (318): changes settings of the NameServer.
 *
 * Sent by: mqadmin updateNamesrvConfig.
 * Java: DefaultRequestProcessor.updateConfig.
 *
 * - Body: Java properties text.
 */
import { request } from './request.ts'

export const updateNamesrvConfig = request({
  name: 'UPDATE_NAMESRV_CONFIG',
  code: 318,
  access: 'admin',
  header: {},
  reply: {}
})
