/** Answers GET_ALL_DELAY_OFFSET. The wire side is described in src/protocol/requests/get-all-delay-offset.ts. */
import { delayOffsetsShape } from '../../../protocol/bodies/offset-tables.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getAllDelayOffset } from '../../../protocol/requests/get-all-delay-offset.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getAllDelayOffsetRoute = (parts: Pick<BrokerParts, 'bootTimestamp' | 'delayProgress'>): Route =>
  route(getAllDelayOffset, () => {
    const offsetTable = parts.delayProgress()
    // Each delivery raises one of the offsets, so their sum is a version.
    const counter = [...offsetTable.values()].reduce((sum, offset) => sum + offset, 0)
    const dataVersion = { stateVersion: 0, timestamp: parts.bootTimestamp, counter }
    return { body: writeBody(delayOffsetsShape, { offsetTable, dataVersion }) }
  })
