/**
 * CHECK_CLIENT_CONFIG (46): whether a subscription expression compiles.
 *
 * Sent by: consumers with an expression that is not of type TAG.
 * Java: ClientManageProcessor.checkClientConfig.
 *
 * - Body: CheckClientRequestBody. A fault is answered with SUBSCRIPTION_PARSE_FAILED (23).
 */
import { request } from './request.ts'

export const checkClientConfig = request({
  name: 'CHECK_CLIENT_CONFIG',
  code: 46,
  access: 'none',
  header: {},
  reply: {}
})
