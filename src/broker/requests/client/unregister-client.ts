/** Answers UNREGISTER_CLIENT. The wire side is described in src/protocol/requests/unregister-client.ts. */
import { unregisterClient } from '../../../protocol/requests/unregister-client.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const unregisterClientRoute = ({ consumers, producers }: Pick<BrokerParts, 'consumers' | 'producers'>): Route =>
  route(unregisterClient, ({ clientID, producerGroup, consumerGroup }, { peer }) => {
    if (producerGroup !== undefined) producers.unregister(producerGroup, clientID, peer)
    if (consumerGroup !== undefined) consumers.unregister(consumerGroup, clientID, peer)
    return {}
  })
