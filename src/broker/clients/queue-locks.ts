/**
 * Which client of a group may consume a queue in order. A lock that is not renewed ends by itself, since clients of
 * other languages give up queues without a word. Java: RebalanceLockManager.
 */
import type { Clock } from '../../kit/clock.ts'
import type { QueueLocks } from '../parts.ts'

const lockMs = 60_000

interface Lock {
  clientId: string
  /** Monotonic time at which it ends. */
  until: number
}

export class Locks implements QueueLocks {
  readonly #clock: Clock
  readonly #groups = new Map<string, Map<string, Lock>>()

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock
  }

  lock(group: string, clientId: string, topic: string, queueId: number): boolean {
    const now = this.#clock.monotonic()
    let locks = this.#groups.get(group)
    if (locks === undefined) {
      locks = new Map()
      this.#groups.set(group, locks)
    }
    const queue = `${topic}@${queueId}`
    const held = locks.get(queue)
    if (held === undefined) locks.set(queue, { clientId, until: now + lockMs })
    else if (held.clientId === clientId || held.until <= now) {
      held.clientId = clientId
      held.until = now + lockMs
    } else return false
    return true
  }

  unlock(group: string, clientId: string, topic: string, queueId: number): void {
    const locks = this.#groups.get(group)
    const queue = `${topic}@${queueId}`
    if (locks?.get(queue)?.clientId !== clientId) return
    locks.delete(queue)
    if (locks.size === 0) this.#groups.delete(group)
  }

  anyLocked(group: string): boolean {
    const locks = this.#groups.get(group)
    if (locks === undefined) return false
    const now = this.#clock.monotonic()
    for (const lock of locks.values()) if (lock.until > now) return true
    return false
  }

  /** Forgets locks that have ended. */
  expire(): void {
    const now = this.#clock.monotonic()
    for (const [group, locks] of this.#groups) {
      for (const [queue, lock] of locks) if (lock.until <= now) locks.delete(queue)
      if (locks.size === 0) this.#groups.delete(group)
    }
  }

  /** Locks that are remembered, ended ones included. */
  get size(): number {
    let count = 0
    for (const locks of this.#groups.values()) count += locks.size
    return count
  }
}
