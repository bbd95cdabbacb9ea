/**
 * Reads topics as a member of a group: the queues are shared among the members, and what was taken is committed. Small
 * and correct rather than fast: messages come one after the other, and an offset is committed once the message after it
 * is asked for. Java: DefaultMQPushConsumerImpl, RebalanceImpl.
 */
import { pause } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { consumerIdListShape } from '../protocol/bodies/name-lists.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getConsumerListByGroup } from '../protocol/requests/get-consumer-list-by-group.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { groupNameFault, retryTopic } from '../protocol/topic-names.ts'
import { allocateAveragely } from './allocate-averagely.ts'
import { heartbeat, heartbeatPeriodMs, leave, subscription } from './heartbeats.ts'
import { type Pulled, pullOnce } from './pull.ts'
import { commitOffset, committedOffset, maxOffset } from './queue-offsets.ts'
import type { ReceivedMessage } from './received-message.ts'
import { type QueuePlace, readableQueues } from './routes.ts'
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

const rebalancePeriodMs = 20_000
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
  const fault = groupNameFault(settings.group)
  if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
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
  readonly #subVersion: number
  readonly #brokers = new Set<string>()
  #endings: (() => void)[] = []
  #wake: () => void = () => {}
  #failure: unknown
  #rebalancing: Promise<void> | undefined
  #again = false
  #left = false

  constructor(session: Session, settings: GroupSettings) {
    this.#session = session
    this.#settings = settings
    this.#subVersion = session.settings.clock.now()
    settings.signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  async join(): Promise<void> {
    const { clock } = this.#session.settings
    for (const topic of this.#settings.topics) await this.#session.routes.of(topic)
    await this.#heartbeat()
    await this.#rebalance()
    const timers = [
      clock.every(heartbeatPeriodMs, () => this.#background(() => this.#heartbeat())),
      clock.every(rebalancePeriodMs, () => this.#background(() => this.#rebalance())),
      clock.every(commitPeriodMs, () => this.#background(() => this.#commitAll()))
    ]
    const stopListening = this.#session.onGroupChange(group => {
      if (group === this.#settings.group) this.#background(() => this.#rebalance())
    })
    this.#endings = [stopListening, ...timers.map(timer => () => timer.cancel())]
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
    for (const end of this.#endings) end()
    await this.#commitAll().catch(error => this.#report(error, 'the last offsets were not committed'))
    await leave(this.#session, this.#brokers, this.#settings.group)
  }

  #subscribed(): string[] {
    // Members of other languages count on everyone to read the retry topic too.
    return [...this.#settings.topics, retryTopic(this.#settings.group)]
  }

  async #heartbeat(): Promise<void> {
    const topics = this.#subscribed()
    for (const topic of topics) {
      const route = await this.#session.routes.find(topic)
      for (const broker of route?.brokerDatas ?? []) {
        for (const address of broker.brokerAddrs.values()) this.#brokers.add(address)
      }
    }
    const retry = retryTopic(this.#settings.group)
    const subscriptions = topics.map(topic =>
      subscription(topic, topic === retry ? '*' : this.#settings.tags, this.#subVersion)
    )
    await heartbeat(this.#session, this.#brokers, this.#settings.group, subscriptions)
  }

  /** One at a time; a wish that comes meanwhile is done afterwards. */
  async #rebalance(): Promise<void> {
    if (this.#rebalancing !== undefined) {
      this.#again = true
      return this.#rebalancing
    }
    this.#rebalancing = this.#share().finally(() => {
      this.#rebalancing = undefined
    })
    await this.#rebalancing
    if (this.#again) {
      this.#again = false
      await this.#rebalance()
    }
  }

  async #share(): Promise<void> {
    const wanted = new Map<string, QueuePlace>()
    for (const topic of this.#subscribed()) {
      const route = await this.#session.routes.find(topic)
      if (route === undefined) continue
      const queues = readableQueues(topic, route)
      const first = queues[0]
      if (first === undefined) continue
      for (const place of allocateAveragely(queues, await this.#members(first), this.#session.clientId)) {
        wanted.set(keyOf(place), place)
      }
    }
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

  /** Member ids as a broker of the topic knows them; a group without members is answered with an error. */
  async #members(place: QueuePlace): Promise<readonly string[]> {
    const { group } = this.#settings
    const { command } = await this.#session.ask(
      place.addresses.values().next().value!,
      getConsumerListByGroup,
      { consumerGroup: group },
      { who: place.brokerName, what: `list the members of ${group}`, accept: [responseCodes.SYSTEM_ERROR] }
    )
    return command.code === 0 ? readBody(consumerIdListShape, command.body).consumerIdList : []
  }

  async #pull(holding: Holding): Promise<void> {
    const { place, offset, brokerId } = holding
    const isRetry = place.topic === retryTopic(this.#settings.group)
    const tags = isRetry ? '*' : this.#settings.tags
    const { group } = this.#settings
    try {
      const wish = { place, group, offset, brokerId, tags, messagesMax, suspendMs, subVersion: this.#subVersion }
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

  #background(work: () => Promise<void>): void {
    work().catch(error => this.#report(error, 'a member of the group could not do its regular work'))
  }

  #report(error: unknown, what: string): void {
    this.#session.settings.log.warn({ error: errorText(error) }, what)
  }
}

const keyOf = ({ topic, brokerName, queueId }: QueuePlace): string => `${topic}\n${brokerName}\n${queueId}`
