/** Answers UPDATE_COLD_DATA_FLOW_CTR_CONFIG. The wire side is described in src/protocol/requests/update-cold-data-flow-ctr-config.ts. */
import { parseProperties } from '../../../kit/properties.ts'
import { updateColdDataFlowCtrConfig } from '../../../protocol/requests/update-cold-data-flow-ctr-config.ts'
import { groupNameFault } from '../../../protocol/topic-names.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { invalid } from '../../topics/topic-change.ts'

/** Bytes of a request. */
const bodyBytesMax = 65_536

export const updateColdDataFlowCtrConfigRoute = (parts: Pick<BrokerParts, 'coldThresholds' | 'options'>): Route =>
  route(updateColdDataFlowCtrConfig, async (_header, { body }) => {
    const { coldThresholds, options } = parts
    if (body.length > bodyBytesMax)
      throw invalid(`the request has ${body.length} bytes, at most ${bodyBytesMax} are allowed`)
    const changes = parseProperties(body.toString('utf8')).map(({ key, value }) => [key, bytesOf(key, value)] as const)
    const added = changes.filter(([group]) => coldThresholds.get(group) === undefined).length
    if (coldThresholds.size + added > options.groupCountMax)
      throw invalid(`there would be more thresholds than groups are allowed, which is ${options.groupCountMax}`)
    await coldThresholds.write(changes)
    return {}
  })

const bytesOf = (group: string, text: string): number => {
  const fault = groupNameFault(group)
  if (fault !== undefined) throw invalid(`${fault}, so nothing was changed`)
  if (!/^\d{1,15}$/.test(text.trim()))
    throw invalid(`the threshold of ${group} is not a whole number of bytes, so nothing was changed`)
  return Number(text)
}
