/** Answers GET_BROKER_HA_STATUS. The wire side is described in src/protocol/requests/get-broker-ha-status.ts. */
import { haStatusShape, noHaClient } from '../../../protocol/bodies/ha-status.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getBrokerHaStatus } from '../../../protocol/requests/get-broker-ha-status.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

/** A master without slaves, which is what every broker is until there is replication. */
export const getBrokerHaStatusRoute = ({ store }: Pick<BrokerParts, 'store'>): Route =>
  route(getBrokerHaStatus, () => ({
    body: writeBody(haStatusShape, {
      master: true,
      masterCommitLogMaxOffset: store.stats().maxPhysicalOffset,
      inSyncSlaveNums: 0,
      haConnectionInfo: [],
      haClientRuntimeInfo: noHaClient
    })
  }))
