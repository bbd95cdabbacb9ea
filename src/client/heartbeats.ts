/** What tells brokers that a consumer lives: a heartbeat to each, every 30 s. Java: MQClientInstance.sendHeartbeatToAllBroker. */
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
  group: string,
  subscriptions: readonly Subscription[]
): Promise<void> => {
  const data: HeartbeatData = {
    clientID: session.clientId,
    producerDataSet: [],
    consumerDataSet: [
      {
        groupName: group,
        consumeType: 'CONSUME_PASSIVELY',
        messageModel: 'CLUSTERING',
        consumeFromWhere: 'CONSUME_FROM_FIRST_OFFSET',
        subscriptionDataSet: subscriptions,
        unitMode: false
      }
    ],
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

/** Leaves the group everywhere, so that the others take over at once. Never rejects. */
export const leave = async (session: Session, addresses: Iterable<string>, group: string): Promise<void> => {
  const header = { clientID: session.clientId, consumerGroup: group }
  const sends = [...addresses].map(address =>
    session.ask(address, unregisterClient, header, { who: address, what: 'forget this client' })
  )
  await Promise.allSettled(sends)
}
