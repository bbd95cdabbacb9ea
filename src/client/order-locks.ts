/** The locks of an orderly consumer: taken before a queue is read, renewed, given back. Java: ConsumeMessageOrderlyService. */
import { errorText } from '../kit/errors.ts'
import { lockQueues, unlockQueues } from './client-locks.ts'
import { queueKey } from './membership.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

/** Brokers keep a lock for 60 s; half of that is safe when clocks and answers are late. */
const validMs = 30_000
const renewMs = 20_000

export class OrderLocks {
  readonly #session: Session
  readonly #group: string
  /** Monotonic time at which the broker last said yes. */
  readonly #since = new Map<string, number>()
  /** How often to renew and to try again what another member still has. */
  readonly periodMs = 1000

  constructor(session: Session, group: string) {
    this.#session = session
    this.#group = group
  }

  isHeld(place: QueuePlace): boolean {
    return this.#now() - (this.#since.get(queueKey(place)) ?? Number.NEGATIVE_INFINITY) < validMs
  }

  /** Keys of those whose lock is ours now. */
  async take(places: readonly QueuePlace[]): Promise<ReadonlySet<string>> {
    const asked = this.#now()
    const unknown = new Set<string>()
    const locked = await lockQueues(this.#session, this.#group, places, (error, own) => {
      for (const place of own) unknown.add(queueKey(place))
      this.#session.settings.log.warn({ error: errorText(error), group: this.#group }, 'queues were not locked')
    })
    for (const key of places.map(queueKey)) {
      if (locked.has(key)) this.#since.set(key, asked)
      // One whose broker did not answer stays ours until its time is over.
      else if (!unknown.has(key)) this.#since.delete(key)
    }
    return locked
  }

  /** Renews those that are due. Resolves to those that are ours no more. */
  async renew(places: readonly QueuePlace[]): Promise<readonly QueuePlace[]> {
    const now = this.#now()
    const due = places.filter(place => now - (this.#since.get(queueKey(place)) ?? 0) >= renewMs)
    if (due.length > 0) await this.take(due)
    return places.filter(place => !this.isHeld(place))
  }

  async giveBack(places: readonly QueuePlace[]): Promise<void> {
    for (const place of places) this.#since.delete(queueKey(place))
    await unlockQueues(this.#session, this.#group, places)
  }

  #now(): number {
    return this.#session.settings.clock.monotonic()
  }
}
