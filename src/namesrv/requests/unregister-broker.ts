/** Answers UNREGISTER_BROKER. The wire side is described in src/protocol/requests/unregister-broker.ts. */
import { unregisterBroker } from '../../protocol/requests/unregister-broker.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const unregisterBrokerRoute = ({ routes, log }: Pick<NamesrvParts, 'routes' | 'log'>): Route =>
  route(unregisterBroker, ({ clusterName, brokerAddr, brokerName, brokerId }, { peer }) => {
    const gone = routes.unregister({ clusterName, brokerAddr }, peer)
    const fields = { clusterName, brokerAddr, brokerName, brokerId }
    log.info(fields, gone ? 'a broker has unregistered' : 'an unregistration was for no broker that is known')
    return {}
  })
