/** Answers GET_NAMESRV_CONFIG. The wire side is described in src/protocol/requests/get-namesrv-config.ts. */
import { formatProperties } from '../../kit/properties.ts'
import { getNamesrvConfig } from '../../protocol/requests/get-namesrv-config.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const getNamesrvConfigRoute = ({ config }: Pick<NamesrvParts, 'config'>): Route =>
  route(getNamesrvConfig, () => ({ body: Buffer.from(formatProperties(config.entries())) }))
