/**
 * Reads topics as a member of a group: the queues are shared among the members, and what was taken is committed. Small
 * and correct rather than fast: messages come one after the other, and an offset is committed once the message after it
 * is asked for. Java: DefaultMQPushConsumerImpl, RebalanceImpl.
 */
import { pause, type Timer } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { MessageModel } from '../protocol/bodies/heartbeat.ts'
import { Membership, queueKey } from './membership.ts'
import { type OffsetStore, remoteOffsets } from './offset-store.ts'
import { OrderLocks } from './order-locks.ts'
import { type Pulled, pullOnce } from './pull.ts'
import { maxOffset } from './queue-offsets.ts'
import { average } from './rebalance/average.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

export interface GroupSettings {
  readonly group: string
  readonly topics: readonly string[]
  readonly tags: string
  /** Where a queue begins that the group has no offset for. */
  readonly start: (place: QueuePlace) => Promise<number>
  /** End once every queue of this member has been read up to where it ended when it came to this member. */
  readonly stopAtEnd: boolean
  readonly signal: AbortSignal
  /** When offsets are kept: every 5 s and at the end (the default), after each message, or not at all. */
  readonly commit?: 'regularly' | 'each' | 'never'
  /** Whether a queue is locked at its broker while it is read, as orderly members of other clients do. */
  readonly orderly?: boolean
  /** BROADCASTING = every member reads every queue; such offsets do not belong at the brokers. CLUSTERING when absent. */
  readonly model?: MessageModel
  /** Where offsets are kept; at the brokers when absent. */
  readonly offsets?: OffsetStore
}

const commitPeriodMs = 5000
const retryMs = 1000
const suspendMs = 15_000
const messagesMax = 32

interface Holding {
  readonly place: QueuePlace
  /** Next to pull. */
  offset: number
  /** All before it have been taken. */
  taken: number
  committed: number
  /** Where `stopAtEnd` ends. */
  readonly until: number
  brokerId: number
  pull: Promise<void> | undefined
  arrived: Pulled | undefined
  dropped: boolean
}

/** Messages as they come, until the signal fires; then offsets are committed and the group is left. */
export async function* consumeGroup(session: Session, settings: GroupSettings): AsyncGenerator<ReceivedMessage> {
  const member = new Member(session, settings)
  try {
    await member.join()
    for (;;) {
      const holding = await member.next()
      if (holding === undefined) return
      yield* member.take(holding)
    }
  } finally {
    await member.leave()
  }
}

class Member {
  readonly #session: Session
  readonly #settings: GroupSettings
  readonly #holdings = new Map<string, Holding>()
  readonly #membership: Membership
  readonly #offsets: OffsetStore
  readonly #locks: OrderLocks | undefined
  readonly #timers: Timer[] = []
  #wanted: ReadonlyMap<string, QueuePlace> = new Map()
  #wake: () => void = () => {}
  #failure: unknown
  #left = false

  constructor(session: Session, settings: GroupSettings) {
    this.#session = session
    this.#settings = settings
    const { group, topics, tags, model = 'CLUSTERING', orderly = false } = settings
    this.#offsets = settings.offsets ?? remoteOffsets(session, group)
    this.#locks = orderly && model === 'CLUSTERING' ? new OrderLocks(session, group) : undefined
    this.#membership = new Membership(session, {
      group,
      model,
      consumeType: 'CONSUME_PASSIVELY',
      consumeFromWhere: 'CONSUME_FROM_FIRST_OFFSET',
      topics: new Map(topics.map(topic => [topic, tags])),
      rebalance: average,
      onShare: wanted => this.#share(wanted)
    })
    settings.signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  async join(): Promise<void> {
    await this.#membership.join()
    this.#every(commitPeriodMs, 'offsets were not committed', () => this.#commitAll())
    const locks = this.#locks
    if (locks !== undefined) this.#every(locks.periodMs, 'locks were not renewed', () => this.#keepLocks(locks))
  }

  #every(periodMs: number, failure: string, work: () => Promise<void>): void {
    const timer = this.#session.settings.clock.every(periodMs, () => {
      work().catch(error => this.#report(error, failure))
    })
    this.#timers.push(timer)
  }

  /** The next queue with messages to take; undefined when it is time to end. */
  async next(): Promise<Holding | undefined> {
    for (;;) {
      if (this.#settings.signal.aborted) return undefined
      if (this.#failure !== undefined) throw this.#failure
      for (const holding of this.#holdings.values()) {
        if (holding.arrived !== undefined) return holding
        holding.pull ??= this.#pull(holding)
      }
      if (this.#settings.stopAtEnd && this.#isAtEnd()) return undefined
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  #isAtEnd(): boolean {
    // What is still locked by another member has to be waited for.
    if (this.#holdings.size < this.#wanted.size) return false
    return [...this.#holdings.values()].every(holding => holding.taken >= holding.until)
  }

  async *take(holding: Holding): AsyncGenerator<ReceivedMessage> {
    const pulled = holding.arrived!
    holding.arrived = undefined
    for (const message of pulled.messages) {
      // A queue that went to another member meanwhile is read there, from what was committed.
      if (holding.dropped || this.#settings.signal.aborted) return
      yield message
      holding.taken = message.queueOffset + 1
      if (this.#settings.commit === 'each') await this.#commit(holding)
    }
    holding.taken = pulled.nextOffset
    holding.offset = pulled.nextOffset
  }

  async leave(): Promise<void> {
    this.#left = true
    for (const timer of this.#timers) timer.cancel()
    await this.#membership.stopSharing()
    await this.#commitAll().catch(error => this.#report(error, 'the last offsets were not committed'))
    await this.#locks?.giveBack([...this.#holdings.values()].map(holding => holding.place)).catch(() => {})
    await this.#membership.leave()
  }

  async #share(wanted: ReadonlyMap<string, QueuePlace>): Promise<void> {
    this.#wanted = wanted
    for (const [key, holding] of this.#holdings) if (!wanted.has(key)) await this.#drop(key, holding)
    await this.#holdMore()
  }

  async #drop(key: string, holding: Holding): Promise<void> {
    holding.dropped = true
    this.#holdings.delete(key)
    await this.#commit(holding)
    await this.#locks?.giveBack([holding.place])
  }

  /** Begins with what is wanted and not held yet; of an orderly member, as far as it gets the locks. */
  async #holdMore(): Promise<void> {
    const missing = [...this.#wanted].filter(([key]) => !this.#holdings.has(key))
    if (missing.length === 0) return
    const locked = await this.#locks?.take(missing.map(([, place]) => place))
    for (const [key, place] of missing) {
      if (locked?.has(key) === false) continue
      const known = await this.#offsets.read(place)
      const offset = known ?? (await this.#settings.start(place))
      const until = this.#settings.stopAtEnd ? await maxOffset(this.#session, place) : 0
      const fresh = { place, offset, taken: offset, committed: known ?? -1, until, brokerId: 0 }
      if (this.#holdings.has(key) || !this.#wanted.has(key)) continue
      this.#holdings.set(key, { ...fresh, pull: undefined, arrived: undefined, dropped: false })
    }
    this.#wake()
  }

  /** A queue whose lock was lost is another member's now: it is neither read nor committed any more. */
  async #keepLocks(locks: OrderLocks): Promise<void> {
    const lost = await locks.renew([...this.#holdings.values()].map(holding => holding.place))
    for (const key of lost.map(queueKey)) {
      const holding = this.#holdings.get(key)
      if (holding !== undefined) holding.dropped = true
      this.#holdings.delete(key)
    }
    if (!this.#left) await this.#holdMore()
  }

  async #pull(holding: Holding): Promise<void> {
    const { place, offset, brokerId } = holding
    const tags = this.#membership.topics.get(place.topic) ?? '*'
    const { group } = this.#settings
    const { subVersion } = this.#membership
    try {
      const wish = { place, group, offset, brokerId, tags, messagesMax, suspendMs, subVersion }
      const pulled = await pullOnce(this.#session, wish)
      holding.brokerId = pulled.brokerId
      if (pulled.messages.length > 0) holding.arrived = pulled
      else {
        holding.offset = pulled.nextOffset
        holding.taken = pulled.nextOffset
      }
    } catch (error) {
      // The pulls that are held when a member leaves end with its connection.
      if (this.#left) return
      if (!(error instanceof MqError) || !error.retryable) this.#failure = error
      else {
        this.#report(error, `${place.brokerName} cannot be read now, trying again`)
        await pause(this.#session.settings.clock, retryMs)
      }
    } finally {
      holding.pull = undefined
      this.#wake()
    }
  }

  async #commitAll(): Promise<void> {
    for (const holding of this.#holdings.values()) await this.#commit(holding)
  }

  async #commit(holding: Holding): Promise<void> {
    const { place, taken } = holding
    if (taken === holding.committed || this.#settings.commit === 'never') return
    await this.#offsets.write([[place, taken]])
    holding.committed = taken
  }

  #report(error: unknown, what: string): void {
    this.#session.settings.log.warn({ error: errorText(error) }, what)
  }
}
