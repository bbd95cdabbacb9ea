/** Answers BROKER_HEARTBEAT. The wire side is described in src/protocol/requests/broker-heartbeat.ts. */
import { brokerHeartbeat } from '../../protocol/requests/broker-heartbeat.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const brokerHeartbeatRoute = ({ routes, clock }: Pick<NamesrvParts, 'routes' | 'clock'>): Route =>
  route(brokerHeartbeat, ({ clusterName, brokerAddr }) => {
    routes.seen(clusterName, brokerAddr, clock.monotonic())
    return {}
  })
