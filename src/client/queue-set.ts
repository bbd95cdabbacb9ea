/**
 * The queues that are a consumer's now: begun where the group is, committed regularly, given back in order.
 * Java: RebalanceImpl.processQueueTable, MQClientInstance.persistAllConsumerOffset.
 */
import type { Timer } from '../kit/clock.ts'
import { errorText } from '../kit/errors.ts'
import type { MessageQueue } from '../protocol/bodies/message-queue.ts'
import { type FlowLimits, flowPerQueue, HeldQueue } from './held-queue.ts'
import { queueKey } from './membership.ts'
import type { OffsetStore } from './offset-store.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'
import { type ConsumeFrom, startOffset } from './start-offset.ts'

export interface QueueSetSettings {
  readonly session: Session
  readonly group: string
  readonly offsets: OffsetStore
  readonly from: ConsumeFrom
  readonly flow: FlowLimits
  /** Regular commits, milliseconds between them; 0 = none. */
  readonly commitPeriodMs: number
  /** Commit what is done of a queue when it is given back; true when absent. */
  readonly keepOnRelease?: boolean
  /** What is subscribed of a topic. */
  readonly tagsOf: (topic: string) => string
  readonly subVersion: number
  readonly onMessages: (queue: HeldQueue) => void
  /** Which of these may be begun now; absent = all. */
  readonly admit?: (places: readonly QueuePlace[]) => Promise<ReadonlySet<string>>
  /** Resolves when nobody works on the queue any more; it is committed after that, and then `released`. */
  readonly settle?: (queue: HeldQueue) => Promise<void>
  readonly released?: (place: QueuePlace) => Promise<void>
}

export class QueueSet {
  readonly #settings: QueueSetSettings
  readonly #queues = new Map<string, HeldQueue>()
  readonly #leaving = new Map<string, Promise<void>>()
  readonly #commits: Timer | undefined
  #wanted: ReadonlyMap<string, QueuePlace> = new Map()
  #turn: Promise<void> = Promise.resolve()
  #first = 0
  #suspended = false

  constructor(settings: QueueSetSettings) {
    this.#settings = settings
    const { clock } = settings.session.settings
    if (settings.commitPeriodMs > 0) this.#commits = clock.every(settings.commitPeriodMs, () => this.#commitQuietly())
  }

  get queues(): ReadonlyMap<string, HeldQueue> {
    return this.#queues
  }

  /** All queues, each time beginning with another one. */
  inTurn(): readonly HeldQueue[] {
    const queues = [...this.#queues.values()]
    const first = queues.length === 0 ? 0 : this.#first++ % queues.length
    return [...queues.slice(first), ...queues.slice(0, first)]
  }

  /** From now on these, and no others. Never rejects: what cannot be begun now is tried again by `refresh`. */
  share(wanted: ReadonlyMap<string, QueuePlace>): Promise<void> {
    return this.#inTurn(async () => {
      this.#wanted = wanted
      const gone = [...this.#queues.keys()].filter(key => !wanted.has(key))
      await Promise.all(gone.map(key => this.#release(key)))
      for (const [key, queue] of this.#queues) this.#adjust(queue, wanted.get(key)!)
      await this.#begin()
    })
  }

  /** Begins those that are wanted and could not be begun before. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#begin())
  }

  /** Gives queues back, to be begun again from what is committed once they are admitted. */
  lose(keys: Iterable<string>): Promise<void> {
    return this.#inTurn(async () => {
      for (const key of keys) await this.#release(key)
    })
  }

  /** Goes on at another offset; what was pulled is forgotten. Undefined when the queue is not here. */
  restart(key: string, offset: number): HeldQueue | undefined {
    const old = this.#queues.get(key)
    if (old === undefined) return undefined
    old.drop()
    const queue = this.#make(old.place, offset)
    queue.paused = old.paused
    this.#queues.set(key, queue)
    const { settle } = this.#settings
    if (settle === undefined) queue.wake()
    else {
      // Order: nobody may get a message of the new stay while one of the old stay is worked on.
      queue.blocked = true
      settle(old).then(() => {
        queue.blocked = false
        queue.wake()
      })
    }
    return queue
  }

  /** No pulls until `resume`; what was pulled stays. */
  suspend(): void {
    this.#suspended = true
  }

  resume(): void {
    this.#suspended = false
    for (const queue of this.#queues.values()) queue.wake()
  }

  /** A broker's order to go on elsewhere (220). */
  reset(offsets: ReadonlyMap<MessageQueue, number>): void {
    for (const [queue, offset] of offsets) this.restart(queueKey(queue), offset)
    this.#commitQuietly()
  }

  /** Offsets up to which all is done. Rejects with what an offset store says. */
  async commit(): Promise<void> {
    await this.#commit([...this.#queues.values()])
  }

  /** Lets nothing new in, waits for what is worked on, commits, gives back. Never rejects. */
  close(): Promise<void> {
    this.#commits?.cancel()
    return this.#inTurn(async () => {
      this.#wanted = new Map()
      await Promise.all([...this.#queues.keys()].map(key => this.#release(key)))
      await Promise.all(this.#leaving.values())
    })
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch(error => this.#warn(error, 'queues could not be taken or given back'))
    return this.#turn
  }

  async #begin(): Promise<void> {
    const missing = [...this.#wanted.values()].filter(place => !this.#queues.has(queueKey(place)))
    if (missing.length === 0) return
    const { admit } = this.#settings
    // A queue that comes back is begun when the work of its first stay has been committed.
    await Promise.all(missing.map(place => this.#leaving.get(queueKey(place))))
    const admitted = admit === undefined ? undefined : await admit(missing)
    await Promise.all(
      missing
        .filter(place => admitted?.has(queueKey(place)) !== false)
        .map(async place => {
          try {
            await this.#beginOne(place)
          } catch (error) {
            this.#warn(error, `the queue ${place.brokerName}/${place.queueId} of ${place.topic} cannot be begun yet`)
          }
        })
    )
  }

  async #beginOne(place: QueuePlace): Promise<void> {
    const { session, offsets, from } = this.#settings
    const known = await offsets.read(place)
    const queue = this.#make(place, known ?? (await startOffset(session, place, from)))
    queue.committed = known
    this.#queues.set(queueKey(place), queue)
    queue.wake()
  }

  /** The same queue, perhaps elsewhere, with its part of what a topic may hold. */
  #adjust(queue: HeldQueue, place: QueuePlace): void {
    queue.place = place
    queue.flow = this.#flowOf(place.topic)
    queue.wake()
  }

  #flowOf(topic: string): FlowLimits {
    let count = 0
    for (const place of this.#wanted.values()) if (place.topic === topic) count++
    return flowPerQueue(this.#settings.flow, Math.max(1, count))
  }

  #make(place: QueuePlace, offset: number): HeldQueue {
    const { session, group, subVersion, tagsOf, onMessages } = this.#settings
    const flow = this.#flowOf(place.topic)
    const mayPull = (): boolean => !this.#suspended
    return new HeldQueue(place, offset, {
      session,
      group,
      flow,
      subVersion,
      tags: tagsOf(place.topic),
      onMessages,
      mayPull
    })
  }

  async #release(key: string): Promise<void> {
    const queue = this.#queues.get(key)
    if (queue === undefined) return
    const { settle, released } = this.#settings
    queue.drop()
    this.#queues.delete(key)
    const leaving = (async () => {
      await settle?.(queue)
      if (this.#settings.keepOnRelease !== false)
        await this.#commit([queue]).catch(error => this.#warn(error, 'the last offset of a queue was not committed'))
      await released?.(queue.place)
      this.#leaving.delete(key)
    })()
    if (settle === undefined) await leaving
    else this.#leaving.set(key, leaving)
  }

  async #commit(queues: readonly HeldQueue[]): Promise<void> {
    const changed = queues.filter(queue => queue.done !== queue.committed).map(queue => [queue, queue.done] as const)
    if (changed.length === 0) return
    await this.#settings.offsets.write(changed.map(([queue, offset]) => [queue.place, offset] as const))
    for (const [queue, offset] of changed) queue.committed = offset
  }

  #commitQuietly(): void {
    this.commit().catch(error => this.#warn(error, 'offsets were not committed; the next time they are'))
  }

  #warn(error: unknown, what: string): void {
    this.#settings.session.settings.log.warn({ error: errorText(error), group: this.#settings.group }, what)
  }
}
