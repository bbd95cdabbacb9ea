/**
 * Being a member of a group: heartbeats to all brokers of its topics, and its share of the queues, computed anew every 20 s
 * and whenever a broker says that members came or went. Java: RebalanceImpl, RebalanceService, MQClientInstance.
 */
import { errorText, MqError } from '../kit/errors.ts'
import type { ConsumerData, MessageModel } from '../protocol/bodies/heartbeat.ts'
import { consumerIdListShape } from '../protocol/bodies/name-lists.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getConsumerListByGroup } from '../protocol/requests/get-consumer-list-by-group.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { groupNameFault, retryTopic, topicNameFault } from '../protocol/topic-names.ts'
import type { GroupCallbacks } from './callbacks.ts'
import { heartbeat, heartbeatPeriodMs, leave, subscription } from './heartbeats.ts'
import type { Rebalance } from './rebalance/rebalance.ts'
import { type QueuePlace, readAddress, readableQueues } from './routes.ts'
import type { Session } from './session.ts'

export interface MembershipSettings {
  readonly group: string
  readonly model: MessageModel
  readonly consumeType: ConsumerData['consumeType']
  readonly consumeFromWhere: ConsumerData['consumeFromWhere']
  /** Tags by topic: `*` or `A || B`. */
  readonly topics: ReadonlyMap<string, string>
  readonly rebalance: Rebalance
  /** Called with all queues that are this member's from now on. One call at a time. */
  readonly onShare: (queues: ReadonlyMap<string, QueuePlace>) => Promise<void>
  readonly callbacks?: Omit<GroupCallbacks, 'membersChanged'>
}

const rebalancePeriodMs = 20_000

/** Tells queues apart. */
export const queueKey = ({ topic, brokerName, queueId }: Omit<QueuePlace, 'addresses'>): string =>
  `${topic}\n${brokerName}\n${queueId}`

export class Membership {
  readonly #session: Session
  readonly #settings: MembershipSettings
  readonly #brokers = new Set<string>()
  /** Milliseconds since 1970: brokers take the newer of two subscriptions. */
  readonly subVersion: number
  #topics: ReadonlyMap<string, string>
  #endings: (() => void)[] = []
  #rebalancing: Promise<void> | undefined
  #again = false
  #left = false

  /** Throws MQ_USAGE for a group or topic with a name that no broker takes. */
  constructor(session: Session, settings: MembershipSettings) {
    const faults = [...settings.topics.keys()].map(topicNameFault)
    const fault = groupNameFault(settings.group) ?? faults.find(entry => entry !== undefined)
    if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
    this.#session = session
    this.#settings = settings
    this.subVersion = session.settings.clock.now()
    const { group, model, topics } = settings
    // Members of other languages count on everyone to read the retry topic too. Broadcast has no retries.
    this.#topics = model === 'BROADCASTING' ? topics : new Map([...topics, [retryTopic(group), '*']])
  }

  /** All that is read, the retry topic too, with its tags. */
  get topics(): ReadonlyMap<string, string> {
    return this.#topics
  }

  /** Rejects with MQ_TOPIC_NOT_FOUND, MQ_NO_ROUTE, MQ_CONNECT_FAILED, MQ_USAGE (a second member in one client). */
  async join(): Promise<void> {
    const { clock } = this.#session.settings
    const { group, callbacks } = this.#settings
    for (const topic of this.#settings.topics.keys()) await this.#session.routes.of(topic)
    const membersChanged = (): void => this.#background(() => this.rebalance())
    this.#endings.push(this.#session.answer(group, { ...callbacks, membersChanged }))
    await this.#heartbeat()
    await this.rebalance()
    const timers = [
      clock.every(heartbeatPeriodMs, () => this.#background(() => this.#heartbeat())),
      clock.every(rebalancePeriodMs, () => this.#background(() => this.rebalance()))
    ]
    this.#endings.push(...timers.map(timer => () => timer.cancel()))
  }

  /** No more shares from now on: what is held is given back by the caller, then `leave` tells the brokers. */
  async stopSharing(): Promise<void> {
    this.#left = true
    for (const end of this.#endings.splice(0)) end()
    await this.#rebalancing?.catch(() => {})
  }

  /** Never rejects. */
  async leave(): Promise<void> {
    await this.stopSharing()
    await leave(this.#session, this.#brokers, this.#settings.group)
  }

  /** One at a time; a wish that comes meanwhile is done afterwards. */
  async rebalance(): Promise<void> {
    if (this.#rebalancing !== undefined) {
      this.#again = true
      return this.#rebalancing
    }
    this.#rebalancing = this.#share().finally(() => {
      this.#rebalancing = undefined
    })
    await this.#rebalancing
    if (this.#again && !this.#left) {
      this.#again = false
      await this.rebalance()
    }
  }

  /** What the heartbeat says, and what GET_CONSUMER_RUNNING_INFO shows. */
  get data(): ConsumerData {
    const { group, model, consumeType, consumeFromWhere } = this.#settings
    return {
      groupName: group,
      consumeType,
      messageModel: model,
      consumeFromWhere,
      subscriptionDataSet: Array.from(this.#topics, ([topic, tags]) => subscription(topic, tags, this.subVersion)),
      unitMode: false
    }
  }

  async #heartbeat(): Promise<void> {
    for (const topic of this.#topics.keys()) {
      const route = await this.#session.routes.find(topic)
      for (const broker of route?.brokerDatas ?? []) {
        for (const address of broker.brokerAddrs.values()) this.#brokers.add(address)
      }
    }
    await heartbeat(this.#session, this.#brokers, { consumerDataSet: [this.data] })
  }

  async #share(): Promise<void> {
    const { model, rebalance, onShare } = this.#settings
    const wanted = new Map<string, QueuePlace>()
    for (const topic of this.#topics.keys()) {
      const route = await this.#session.routes.find(topic)
      const queues = route === undefined ? [] : readableQueues(topic, route)
      if (queues.length === 0) continue
      const own =
        model === 'BROADCASTING' ? queues : rebalance(queues, await this.#members(queues), this.#session.clientId)
      for (const place of own) wanted.set(queueKey(place), place)
    }
    if (!this.#left) await onShare(wanted)
  }

  /** Member ids as the first broker of the topic knows them that answers: each of them hears all heartbeats. */
  async #members(queues: readonly QueuePlace[]): Promise<readonly string[]> {
    const brokers = new Map(queues.map(place => [place.brokerName, place]))
    let failure: unknown
    for (const place of brokers.values()) {
      try {
        return await this.#membersAt(place)
      } catch (error) {
        failure = error
        if (!(error instanceof MqError) || !error.retryable) break
      }
    }
    throw failure
  }

  /** A group without members is answered with an error. */
  async #membersAt(place: QueuePlace): Promise<readonly string[]> {
    const { group } = this.#settings
    const { command } = await this.#session.ask(
      readAddress(place),
      getConsumerListByGroup,
      { consumerGroup: group },
      { who: place.brokerName, what: `list the members of ${group}`, accept: [responseCodes.SYSTEM_ERROR] }
    )
    return command.code === 0 ? readBody(consumerIdListShape, command.body).consumerIdList : []
  }

  #background(work: () => Promise<void>): void {
    if (this.#left) return
    work().catch(error => {
      const { log } = this.#session.settings
      if (!this.#left) log.warn({ error: errorText(error) }, 'a member of the group could not do its regular work')
    })
  }
}
