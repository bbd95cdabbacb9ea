/** Answers WIPE_WRITE_PERM_OF_BROKER. The wire side is described in src/protocol/requests/wipe-write-perm-of-broker.ts. */
import { wipeWritePermOfBroker } from '../../protocol/requests/wipe-write-perm-of-broker.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const wipeWritePermOfBrokerRoute = ({ routes, log }: Pick<NamesrvParts, 'routes' | 'log'>): Route =>
  route(wipeWritePermOfBroker, ({ brokerName }, { peer }) => {
    const wipeTopicCount = routes.topics.wipeWrite(brokerName)
    log.info({ brokerName, wipeTopicCount, by: peer.remote }, 'the write permission of a broker was taken away')
    return { header: { wipeTopicCount } }
  })
