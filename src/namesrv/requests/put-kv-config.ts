/** Answers PUT_KV_CONFIG. The wire side is described in src/protocol/requests/put-kv-config.ts. */
import { putKvConfig } from '../../protocol/requests/put-kv-config.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const putKvConfigRoute = ({ kv, log }: Pick<NamesrvParts, 'kv' | 'log'>): Route =>
  route(putKvConfig, async ({ namespace, key, value }, { peer }) => {
    await kv.put(namespace, key, value)
    log.info({ namespace, key, by: peer.remote }, 'a value was set')
    return {}
  })
