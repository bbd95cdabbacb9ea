/** Answers DELETE_EXPIRED_COMMITLOG. The wire side is described in src/protocol/requests/delete-expired-commitlog.ts. */
import { deleteExpiredCommitlog } from '../../../protocol/requests/delete-expired-commitlog.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const deleteExpiredCommitlogRoute = ({ store, log }: Pick<BrokerParts, 'store' | 'log'>): Route =>
  route(deleteExpiredCommitlog, async (_header, { peer }) => {
    const removed = await store.clean()
    log.info({ removed, by: `${peer.remote.host}:${peer.remote.port}` }, 'expired segments were removed on request')
    return {}
  })
