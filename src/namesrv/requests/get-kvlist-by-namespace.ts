/** Answers GET_KVLIST_BY_NAMESPACE. The wire side is described in src/protocol/requests/get-kvlist-by-namespace.ts. */
import { kvTableShape } from '../../protocol/bodies/kv-table.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import { getKvlistByNamespace } from '../../protocol/requests/get-kvlist-by-namespace.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const getKvlistByNamespaceRoute = ({ kv }: Pick<NamesrvParts, 'kv'>): Route =>
  route(getKvlistByNamespace, ({ namespace }) => {
    const table = kv.list(namespace)
    return table === undefined
      ? { code: responseCodes.QUERY_NOT_FOUND, remark: `No config item, Namespace: ${namespace}` }
      : { body: writeBody(kvTableShape, { table }) }
  })
