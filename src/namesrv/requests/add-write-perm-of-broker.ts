/** Answers ADD_WRITE_PERM_OF_BROKER. The wire side is described in src/protocol/requests/add-write-perm-of-broker.ts. */

import { permissions } from '../../protocol/permissions.ts'
import { addWritePermOfBroker } from '../../protocol/requests/add-write-perm-of-broker.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const addWritePermOfBrokerRoute = ({ routes, log }: Pick<NamesrvParts, 'routes' | 'log'>): Route =>
  route(addWritePermOfBroker, ({ brokerName }, { peer }) => {
    const addTopicCount = routes.topics.changePermission(brokerName, () => permissions.READ | permissions.WRITE)
    log.info({ brokerName, addTopicCount, by: peer.remote }, 'the write permission of a broker was given back')
    return { header: { addTopicCount } }
  })
