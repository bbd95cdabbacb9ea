/** Answers UPDATE_NAMESRV_CONFIG. The wire side is described in src/protocol/requests/update-namesrv-config.ts. */
import { parseProperties } from '../../kit/properties.ts'
import { updateNamesrvConfig } from '../../protocol/requests/update-namesrv-config.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

/** Keys that tell Apache where its files are; a tool that tries them is told so in Apache's words. */
const paths = new Set(['configBlackList', 'configStorePath', 'kvConfigPath', 'rocketmqHome'])

export const updateNamesrvConfigRoute = ({ config, log }: Pick<NamesrvParts, 'config' | 'log'>): Route =>
  route(updateNamesrvConfig, async (_header, { body, peer }) => {
    const properties = parseProperties(body.toString())
    if (properties.some(({ key }) => paths.has(key))) {
      return { code: responseCodes.NO_PERMISSION, remark: 'Can not update config in black list.' }
    }
    await config.update(properties)
    for (const { key, value } of properties) log.info({ key, value, by: peer.remote }, 'an option was changed')
    return {}
  })
