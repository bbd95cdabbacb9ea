/**
 * Answers CHECK_CLIENT_CONFIG. The wire side is described in src/protocol/requests/check-client-config.ts.
 * Clients send it only for subscriptions that are not by tag, of which this broker knows none: the answer is the one
 * that Apache's broker gives when enablePropertyFilter is off.
 */
import { checkClientShape } from '../../../protocol/bodies/check-client.ts'
import { readBody } from '../../../protocol/bodies/shape.ts'
import { checkClientConfig } from '../../../protocol/requests/check-client-config.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'

export const checkClientConfigRoute = (): Route =>
  route(checkClientConfig, (_header, { body }) => {
    if (body.length === 0) return {}
    const type = readBody(checkClientShape, body).subscriptionData?.expressionType ?? 'TAG'
    if (type === '' || type === 'TAG') return {}
    const remark = `The broker does not support consumer to filter message by ${type.slice(0, 64)}`
    return { code: responseCodes.SYSTEM_ERROR, remark }
  })
