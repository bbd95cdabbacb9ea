/** Answers GET_KV_CONFIG. The wire side is described in src/protocol/requests/get-kv-config.ts. */
import { getKvConfig } from '../../protocol/requests/get-kv-config.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const getKvConfigRoute = ({ kv }: Pick<NamesrvParts, 'kv'>): Route =>
  route(getKvConfig, ({ namespace, key }) => {
    const value = kv.get(namespace, key)
    return value === undefined
      ? { code: responseCodes.QUERY_NOT_FOUND, remark: `No config item, Namespace: ${namespace} Key: ${key}` }
      : { header: { value } }
  })
