/**
 * GET_NAMESRV_CONFIG (319): the settings of the NameServer.
 *
 * Sent by: mqadmin getNamesrvConfig.
 * Java: DefaultRequestProcessor.getConfig.
 *
 * - Body of the answer: Java properties text.
 */
import { request } from './request.ts'

export const getNamesrvConfig = request({
  name: 'GET_NAMESRV_CONFIG',
  code: 319,
  access: 'admin',
  header: {},
  reply: {}
})
