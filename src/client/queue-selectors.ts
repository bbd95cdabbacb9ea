/** Which queue a message goes to. Java: MessageQueueSelector, SelectMessageQueueByHash, SelectMessageQueueByRandom, SelectMessageQueueByMachineRoom. */
import { type Random, systemRandom } from '../kit/random.ts'
import { javaHashCode } from '../protocol/tags-code.ts'
import { roomOf } from './rebalance/machine-room.ts'
import type { QueuePlace } from './routes.ts'

export interface QueueSelector {
  /** Picks one of at least one queue. They are ordered by broker name, then queue id. */
  select(queues: readonly QueuePlace[]): QueuePlace
  /**
   * The choice is the point, as it is for order: brokers in trouble stay among the queues, and a retry goes to the same
   * queue again.
   */
  readonly sticky: boolean
}

/** One queue after the other: the default. Make one and use it for all sends. */
export const roundRobin = (first = 0): QueueSelector => {
  let turn = first
  return { sticky: false, select: queues => queues[turn++ % queues.length]! }
}

/** The same key, the same queue, as long as the topic keeps its queues: order by key. Agrees with Java's for strings. */
export const byHash = (key: string): QueueSelector => ({
  sticky: true,
  select: queues => queues[Math.abs(javaHashCode(key) % queues.length)]!
})

/** Any queue. */
export const byRandom = (random: Random = systemRandom): QueueSelector => ({
  sticky: false,
  select: queues => queues[Math.floor(random() * queues.length)]!
})

/** In turn those of brokers named `room@name` with one of these rooms; when there are none, in turn all. */
export const sameMachineRoom = (rooms: Iterable<string>, first = 0): QueueSelector => {
  const wanted = new Set(rooms)
  let turn = first
  return {
    sticky: false,
    select(queues) {
      const near = queues.filter(({ brokerName }) => wanted.has(roomOf(brokerName) ?? ''))
      const among = near.length > 0 ? near : queues
      return among[turn++ % among.length]!
    }
  }
}
