/** Answers DELETE_KV_CONFIG. The wire side is described in src/protocol/requests/delete-kv-config.ts. */
import { deleteKvConfig } from '../../protocol/requests/delete-kv-config.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const deleteKvConfigRoute = ({ kv, log }: Pick<NamesrvParts, 'kv' | 'log'>): Route =>
  route(deleteKvConfig, async ({ namespace, key }, { peer }) => {
    await kv.delete(namespace, key)
    log.info({ namespace, key, by: peer.remote }, 'a value was deleted')
    return {}
  })
