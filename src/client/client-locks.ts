/** Locks of queues that are consumed in order: asked of the queues' brokers, renewed by the caller. Java: RebalanceImpl.lock, unlock. */
import { lockBatchAnswerShape, lockBatchShape } from '../protocol/bodies/lock-batch.ts'
import { readBody, writeBody } from '../protocol/bodies/shape.ts'
import { lockBatchMq } from '../protocol/requests/lock-batch-mq.ts'
import { unlockBatchMq } from '../protocol/requests/unlock-batch-mq.ts'
import { queueKey } from './membership.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

const byMaster = (places: Iterable<QueuePlace>): Map<string, QueuePlace[]> => {
  const groups = new Map<string, QueuePlace[]>()
  for (const place of places) {
    // Locks live at masters only.
    const master = place.addresses.get(0)
    if (master === undefined) continue
    const group = groups.get(master)
    if (group === undefined) groups.set(master, [place])
    else group.push(place)
  }
  return groups
}

const bodyOf = (session: Session, consumerGroup: string, places: readonly QueuePlace[]): Buffer =>
  writeBody(lockBatchShape, {
    consumerGroup,
    clientId: session.clientId,
    onlyThisBroker: false,
    mqSet: places.map(({ topic, brokerName, queueId }) => ({ topic, brokerName, queueId }))
  })

/** Keys of those queues whose lock this client has now; `failed` hears of brokers that did not answer, and of their queues. */
export const lockQueues = async (
  session: Session,
  group: string,
  places: Iterable<QueuePlace>,
  failed: (error: unknown, places: readonly QueuePlace[]) => void
): Promise<ReadonlySet<string>> => {
  const locked = new Set<string>()
  const asks = Array.from(byMaster(places), async ([address, own]) => {
    const asking = { who: own[0]!.brokerName, what: `lock queues for ${group}` }
    try {
      const { command } = await session.ask(address, lockBatchMq, {}, asking, bodyOf(session, group, own))
      for (const queue of readBody(lockBatchAnswerShape, command.body).lockOKMQSet) locked.add(queueKey(queue))
    } catch (error) {
      failed(error, own)
    }
  })
  await Promise.all(asks)
  return locked
}

/** Never rejects: a lock that cannot be given back ends by itself after a minute. */
export const unlockQueues = async (session: Session, group: string, places: Iterable<QueuePlace>): Promise<void> => {
  const asks = Array.from(byMaster(places), ([address, own]) => {
    const asking = { who: own[0]!.brokerName, what: `unlock queues of ${group}` }
    return session.ask(address, unlockBatchMq, {}, asking, bodyOf(session, group, own))
  })
  await Promise.allSettled(asks)
}
