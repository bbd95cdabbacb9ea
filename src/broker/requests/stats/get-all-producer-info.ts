/** Answers GET_ALL_PRODUCER_INFO. The wire side is described in src/protocol/requests/get-all-producer-info.ts. */
import { type ProducerInfo, producerTableInfoShape } from '../../../protocol/bodies/connections.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { languageName } from '../../../protocol/languages.ts'
import { getAllProducerInfo } from '../../../protocol/requests/get-all-producer-info.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { addressOf } from '../../clients/connections.ts'

export const getAllProducerInfoRoute = ({ clock, producers }: Pick<BrokerParts, 'clock' | 'producers'>): Route =>
  route(getAllProducerInfo, () => {
    const wallClock = clock.now() - clock.monotonic()
    const data = new Map<string, ProducerInfo[]>()
    for (const [group, members] of producers.all()) {
      const infos = Array.from(members.values(), member => ({
        clientId: member.clientId,
        remoteIP: `/${addressOf(member)}`,
        language: languageName(member.language),
        version: member.version,
        lastUpdateTimestamp: Math.round(wallClock + member.lastSeen)
      }))
      data.set(group, infos)
    }
    return { body: writeBody(producerTableInfoShape, { data }) }
  })
