/** Answers GET_BROKER_CONFIG. The wire side is described in src/protocol/requests/get-broker-config.ts. */
import { formatProperties } from '../../../kit/properties.ts'
import { dataVersionShape } from '../../../protocol/bodies/data-version.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getBrokerConfig } from '../../../protocol/requests/get-broker-config.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getBrokerConfigRoute = ({ config }: Pick<BrokerParts, 'config'>): Route =>
  route(getBrokerConfig, () => ({
    header: { version: writeBody(dataVersionShape, config.dataVersion).toString('utf8') },
    body: Buffer.from(formatProperties(config.entries()))
  }))
