/** Answers GET_BROKER_RUNTIME_INFO. The wire side is described in src/protocol/requests/get-broker-runtime-info.ts. */
import { kvTableShape } from '../../../protocol/bodies/kv-table.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getBrokerRuntimeInfo } from '../../../protocol/requests/get-broker-runtime-info.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { type RuntimeParts, runtimeInfo } from '../../stats/runtime-info.ts'

export const getBrokerRuntimeInfoRoute = (parts: RuntimeParts): Route =>
  route(getBrokerRuntimeInfo, () => ({ body: writeBody(kvTableShape, { table: runtimeInfo(parts) }) }))
