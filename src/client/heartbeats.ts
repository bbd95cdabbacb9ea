/** What tells brokers that a client lives: a heartbeat to each, every 30 s. Java: MQClientInstance.sendHeartbeatToAllBroker. */
import { errorText } from '../kit/errors.ts'
import { type HeartbeatData, heartbeatDataShape, type Subscription } from '../protocol/bodies/heartbeat.ts'
import { writeBody } from '../protocol/bodies/shape.ts'
import { heartBeat } from '../protocol/requests/heart-beat.ts'
import { unregisterClient } from '../protocol/requests/unregister-client.ts'
import { javaHashCode } from '../protocol/tags-code.ts'
import type { Session } from './session.ts'

export const heartbeatPeriodMs = 30_000

/** The subscription as brokers keep it. */
export const subscription = (topic: string, tags: string, subVersion: number): Subscription => {
  const tagsSet = tags === '*' ? [] : tags.split('||').map(tag => tag.trim())
  return { topic, subString: tags, tagsSet, codeSet: tagsSet.map(javaHashCode), subVersion, expressionType: 'TAG' }
}

/** Sends one heartbeat to each address; those that fail are reported and left for the next time. */
export const heartbeat = async (
  session: Session,
  addresses: Iterable<string>,
  groups: Partial<Pick<HeartbeatData, 'producerDataSet' | 'consumerDataSet'>>
): Promise<void> => {
  const data: HeartbeatData = {
    clientID: session.clientId,
    producerDataSet: groups.producerDataSet ?? [],
    consumerDataSet: groups.consumerDataSet ?? [],
    heartbeatFingerprint: 0,
    withoutSub: false
  }
  const body = writeBody(heartbeatDataShape, data)
  const sends = [...addresses].map(async address => {
    try {
      await session.ask(address, heartBeat, {}, { who: address, what: 'take a heartbeat' }, body)
    } catch (error) {
      session.settings.log.warn({ error: errorText(error) }, `the broker ${address} took no heartbeat`)
    }
  })
  await Promise.all(sends)
}

/** Leaves the consumer group everywhere, so that the others take over at once. Never rejects. */
export const leave = (session: Session, addresses: Iterable<string>, consumerGroup: string): Promise<void> =>
  unregister(session, addresses, { consumerGroup })

/** The same for a group of producers. */
export const leaveProducers = (session: Session, addresses: Iterable<string>, producerGroup: string): Promise<void> =>
  unregister(session, addresses, { producerGroup })

const unregister = async (
  session: Session,
  addresses: Iterable<string>,
  group: { readonly consumerGroup: string } | { readonly producerGroup: string }
): Promise<void> => {
  const header = { clientID: session.clientId, ...group }
  const sends = [...addresses].map(address =>
    session.ask(address, unregisterClient, header, { who: address, what: 'forget this client' })
  )
  await Promise.allSettled(sends)
}
