/** Answers UPDATE_BROKER_CONFIG. The wire side is described in src/protocol/requests/update-broker-config.ts. */
import { parseProperties } from '../../../kit/properties.ts'
import { updateBrokerConfig } from '../../../protocol/requests/update-broker-config.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { invalid } from '../../topics/topic-change.ts'

/** Bytes of a request; all hot options together are far smaller. */
const bodyBytesMax = 65_536

export const updateBrokerConfigRoute = (parts: Pick<BrokerParts, 'config' | 'topics'>): Route =>
  route(updateBrokerConfig, async (_header, { body, peer }) => {
    if (body.length > bodyBytesMax)
      throw invalid(`the request has ${body.length} bytes, at most ${bodyBytesMax} are allowed`)
    const properties = parseProperties(body.toString('utf8'))
    if (properties.length === 0) return {}
    await parts.config.update(properties, `${peer.remote.host}:${peer.remote.port}`)
    // NameServers show the broker's permission in the routes of its topics.
    if (properties.some(({ key }) => key === 'brokerPermission')) await parts.topics.touch()
    return {}
  })
