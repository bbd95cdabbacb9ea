/**
 * Reads topics as a member of a group: the queues are shared among the members, and what was taken is committed. Small
 * and correct rather than fast: messages come one after the other, and an offset is committed once the message after it
 * is asked for. Java: DefaultMQPushConsumerImpl, RebalanceImpl.
 */
import { pause, type Timer } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { Membership } from './membership.ts'
import { type Pulled, pullOnce } from './pull.ts'
import { commitOffset, committedOffset, maxOffset } from './queue-offsets.ts'
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
  #commits: Timer | undefined
  #wake: () => void = () => {}
  #failure: unknown
  #left = false

  constructor(session: Session, settings: GroupSettings) {
    this.#session = session
    this.#settings = settings
    const { group, topics, tags } = settings
    this.#membership = new Membership(session, {
      group,
      model: 'CLUSTERING',
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
    const { clock, log } = this.#session.settings
    this.#commits = clock.every(commitPeriodMs, () => {
      this.#commitAll().catch(error => log.warn({ error: errorText(error) }, 'offsets were not committed'))
    })
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
    return [...this.#holdings.values()].every(holding => holding.taken >= holding.until)
  }

  *take(holding: Holding): Generator<ReceivedMessage> {
    const pulled = holding.arrived!
    holding.arrived = undefined
    for (const message of pulled.messages) {
      // A queue that went to another member meanwhile is read there, from what was committed.
      if (holding.dropped || this.#settings.signal.aborted) return
      yield message
      holding.taken = message.queueOffset + 1
    }
    holding.taken = pulled.nextOffset
    holding.offset = pulled.nextOffset
  }

  async leave(): Promise<void> {
    this.#left = true
    this.#commits?.cancel()
    await this.#membership.stopSharing()
    await this.#commitAll().catch(error => this.#report(error, 'the last offsets were not committed'))
    await this.#membership.leave()
  }

  async #share(wanted: ReadonlyMap<string, QueuePlace>): Promise<void> {
    for (const [key, holding] of this.#holdings) {
      if (wanted.has(key)) continue
      holding.dropped = true
      this.#holdings.delete(key)
      await this.#commit(holding)
    }
    for (const [key, place] of wanted) {
      if (this.#holdings.has(key)) continue
      const known = await committedOffset(this.#session, place, this.#settings.group)
      const offset = known ?? (await this.#settings.start(place))
      const until = this.#settings.stopAtEnd ? await maxOffset(this.#session, place) : 0
      const fresh = { place, offset, taken: offset, committed: known ?? -1, until, brokerId: 0 }
      this.#holdings.set(key, { ...fresh, pull: undefined, arrived: undefined, dropped: false })
    }
    this.#wake()
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
    if (taken === holding.committed) return
    await commitOffset(this.#session, place, this.#settings.group, taken)
    holding.committed = taken
  }

  #report(error: unknown, what: string): void {
    this.#session.settings.log.warn({ error: errorText(error) }, what)
  }
}
