/**
 * The consumers that are online, by group, with what they subscribe. Members of a group hear at once when it changes
 * (NOTIFY_CONSUMER_IDS_CHANGED), broadcasting groups excepted. Java: ConsumerManager, ConsumerGroupInfo.
 */
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type {
  ConsumeFromWhere,
  ConsumerData,
  ConsumeType,
  MessageModel,
  Subscription
} from '../../protocol/bodies/heartbeat.ts'
import { notifyConsumerIdsChanged } from '../../protocol/requests/notify-consumer-ids-changed.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { ClientMember, ConsumerGroupView, ConsumerTable, GroupTable } from '../parts.ts'
import { ClientWatch, silent } from './client-watch.ts'

export interface ConsumersParts {
  readonly clock: Clock
  readonly log: Logger
  readonly groups: Pick<GroupTable, 'get'>
  readonly options: { readonly notifyConsumerIdsChangedEnable: boolean }
}

/** Topics that one group may subscribe. */
const subscriptionsMax = 10_000

class Group implements ConsumerGroupView {
  readonly groupName: string
  consumeType: ConsumeType
  messageModel: MessageModel
  consumeFromWhere: ConsumeFromWhere
  readonly members = new Map<string, ClientMember>()
  readonly subscriptions = new Map<string, Subscription>()
  /** Fingerprint of the last heartbeat; 0 = a client without heartbeat V2. */
  fingerprint: number | undefined

  constructor(data: ConsumerData) {
    this.groupName = data.groupName
    this.consumeType = data.consumeType
    this.messageModel = data.messageModel
    this.consumeFromWhere = data.consumeFromWhere
  }
}

export class Consumers implements ConsumerTable {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #configs: Pick<GroupTable, 'get'>
  readonly #options: ConsumersParts['options']
  readonly #groups = new Map<string, Group>()
  readonly #byTopic = new Map<string, Set<string>>()
  readonly #watch = new ClientWatch((peer, groups) => {
    for (const [group, clientId] of groups) this.unregister(group, clientId, peer)
  })

  constructor({ clock, log, groups, options }: ConsumersParts) {
    this.#clock = clock
    this.#log = log
    this.#configs = groups
    this.#options = options
  }

  get size(): number {
    return this.#groups.size
  }

  get(group: string): ConsumerGroupView | undefined {
    return this.#groups.get(group)
  }

  all(): IterableIterator<ConsumerGroupView> {
    return this.#groups.values()
  }

  groupsOf(topic: string): readonly string[] {
    return [...(this.#byTopic.get(topic) ?? [])]
  }

  heartbeat(member: Omit<ClientMember, 'lastSeen'>, data: ConsumerData): boolean {
    return this.#beat(member, data, true)
  }

  /** Heartbeat V2 when nothing changed: the client leaves its subscriptions out, and what is known stays. */
  heartbeatWithoutSubscriptions(member: Omit<ClientMember, 'lastSeen'>, data: ConsumerData): boolean {
    return this.#beat(member, data, false)
  }

  /** Keeps the fingerprint of the group's last heartbeat; returns whether it is another one than before. */
  fingerprint(group: string, fingerprint: number): boolean {
    const entry = this.#groups.get(group)
    if (entry === undefined) return false
    const differs = entry.fingerprint !== undefined && entry.fingerprint !== fingerprint
    entry.fingerprint = fingerprint
    return differs
  }

  unregister(group: string, clientId: string, peer: Peer): void {
    const entry = this.#groups.get(group)
    const member = entry?.members.get(clientId)
    // Another connection of the same client id may have taken the place meanwhile.
    if (entry === undefined || member === undefined || member.peer !== peer) return
    this.#remove(entry, member)
    this.#changed(entry)
  }

  /** Forgets members without a heartbeat for `limitMs`, and closes their connections. */
  expire(limitMs: number): void {
    const now = this.#clock.monotonic()
    for (const entry of [...this.#groups.values()]) {
      const gone = silent(entry.members, now, limitMs)
      for (const member of gone) {
        this.#log.warn(
          { group: entry.groupName, clientId: member.clientId },
          'a consumer without heartbeat was dropped'
        )
        this.#remove(entry, member)
        member.peer.close('no heartbeat')
      }
      if (gone.length > 0) this.#changed(entry)
    }
  }

  #beat(member: Omit<ClientMember, 'lastSeen'>, data: ConsumerData, withSubscriptions: boolean): boolean {
    // A connection is one member of a group, as in Java; a client that changes its id takes the place of its old self.
    const before = this.#watch.clientId(member.peer, data.groupName)
    if (!this.#watch.add(member.peer, data.groupName, member.clientId)) return false
    let entry = this.#groups.get(data.groupName)
    if (before !== member.clientId && entry?.members.get(before ?? '')?.peer === member.peer)
      entry.members.delete(before ?? '')
    if (entry === undefined) {
      entry = new Group(data)
      this.#groups.set(data.groupName, entry)
    }
    entry.consumeType = data.consumeType
    entry.messageModel = data.messageModel
    entry.consumeFromWhere = data.consumeFromWhere
    const joined = !entry.members.has(member.clientId)
    entry.members.set(member.clientId, { ...member, lastSeen: this.#clock.monotonic() })
    const resubscribed = withSubscriptions && this.#subscribe(entry, data.subscriptionDataSet)
    if (joined || resubscribed) this.#changed(entry)
    return joined || resubscribed
  }

  /** Takes over a client's subscriptions: the whole of them, each unless an older one than what is known. */
  #subscribe(entry: Group, subscriptions: readonly Subscription[]): boolean {
    let changed = false
    const named = new Set<string>()
    for (const subscription of subscriptions) {
      if (named.size >= subscriptionsMax) break
      named.add(subscription.topic)
      const known = entry.subscriptions.get(subscription.topic)
      if (known === undefined) {
        changed = true
        const groups = this.#byTopic.get(subscription.topic)
        if (groups === undefined) this.#byTopic.set(subscription.topic, new Set([entry.groupName]))
        else groups.add(entry.groupName)
      }
      if (known === undefined || subscription.subVersion > known.subVersion)
        entry.subscriptions.set(subscription.topic, subscription)
    }
    for (const topic of entry.subscriptions.keys()) {
      if (named.has(topic)) continue
      changed = true
      this.#unsubscribe(entry, topic)
    }
    return changed
  }

  #unsubscribe(entry: Group, topic: string): void {
    entry.subscriptions.delete(topic)
    const groups = this.#byTopic.get(topic)
    groups?.delete(entry.groupName)
    if (groups?.size === 0) this.#byTopic.delete(topic)
  }

  #remove(entry: Group, member: ClientMember): void {
    entry.members.delete(member.clientId)
    this.#watch.remove(member.peer, entry.groupName)
    if (entry.members.size > 0) return
    for (const topic of entry.subscriptions.keys()) this.#unsubscribe(entry, topic)
    this.#groups.delete(entry.groupName)
  }

  #changed(entry: Group): void {
    if (entry.messageModel === 'BROADCASTING' || !this.#options.notifyConsumerIdsChangedEnable) return
    if (this.#configs.get(entry.groupName)?.notifyConsumerIdsChangedEnable === false) return
    for (const member of entry.members.values())
      member.peer.oneWay(notifyConsumerIdsChanged, { consumerGroup: entry.groupName })
  }
}
