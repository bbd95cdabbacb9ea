/**
 * Who is there and which queues it has: brokers, clusters, topics, signs of life. Pure data: time is an argument, and
 * every change is complete when its call returns, so a stale message can never undo a fresh one half-way.
 * Java: RouteInfoManager.
 */
import { type DataVersion, sameDataVersion } from '../protocol/bodies/data-version.ts'
import type { BrokerData, QueueData } from '../protocol/bodies/topic-route.ts'
import { permissions } from '../protocol/permissions.ts'
import type { BrokerKey, BrokerRegistration, LiveBroker, Registrant } from './broker-registration.ts'
import { TopicTable } from './topic-table.ts'

export interface RouteRules {
  /** Topics that a registration no longer names are forgotten. */
  readonly deleteTopicWithBrokerRegistration: boolean
}

/** Why a registration was not taken, or what a slave is told about its master. */
export type Registered =
  | { readonly taken: false; readonly reason: 'single topic first' | 'older state version' | 'too many brokers' }
  | { readonly taken: true; readonly masterAddr?: string; readonly haServerAddr?: string }

interface Group {
  readonly cluster: string
  readonly brokerName: string
  readonly brokerAddrs: Map<number, string>
  zoneName: string | undefined
  enableActingMaster: boolean
}

const masterId = 0
const defaultTimeoutMs = 120_000
/** A longer time without a sign of life would leave dead brokers in the routes. */
const timeoutMsMax = 600_000

/** Brokers known at a time. */
const brokersMax = 10_000

const keyOf = ({ clusterName, brokerAddr }: BrokerKey): string => JSON.stringify([clusterName, brokerAddr])

export class RouteTable {
  readonly topics = new TopicTable()
  readonly #groups = new Map<string, Group>()
  readonly #clusters = new Map<string, Set<string>>()
  readonly #live = new Map<string, LiveBroker>()

  get liveBrokers(): IterableIterator<LiveBroker> {
    return this.#live.values()
  }

  get brokerCount(): number {
    return this.#live.size
  }

  /** Cluster → names of its brokers. */
  get clusters(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#clusters
  }

  get brokers(): IterableIterator<BrokerData> {
    return this.#groups.values()
  }

  broker(brokerName: string): BrokerData | undefined {
    return this.#groups.get(brokerName)
  }

  live(clusterName: string, brokerAddr: string): LiveBroker | undefined {
    return this.#live.get(keyOf({ clusterName, brokerAddr }))
  }

  register(registration: BrokerRegistration, now: number, rules: RouteRules): Registered {
    const { brokerName, brokerId, brokerAddr, clusterName, topics } = registration
    const before = this.live(clusterName, brokerAddr)
    if (before === undefined && this.#live.size >= brokersMax) return { taken: false, reason: 'too many brokers' }
    // The same address under another name: what was there is gone.
    if (before !== undefined && before.brokerName !== brokerName) this.#remove(before)
    const group = this.#groups.get(brokerName)
    const previous = group?.brokerAddrs.get(brokerId)
    if (previous !== undefined && previous !== brokerAddr) {
      const holder = this.live(group!.cluster, previous)
      if (holder !== undefined && holder.dataVersion.stateVersion > registration.dataVersion.stateVersion) {
        this.#live.delete(keyOf(registration))
        return { taken: false, reason: 'older state version' }
      }
    }
    // A broker that registers single topics must have registered itself before.
    if (previous === undefined && topics.size === 1) return { taken: false, reason: 'single topic first' }
    const entry = group ?? this.#addGroup(clusterName, brokerName)
    entry.enableActingMaster = registration.enableActingMaster ?? false
    entry.zoneName = registration.zoneName
    // A slave that has become the master keeps its address and changes its id.
    for (const [id, address] of entry.brokerAddrs)
      if (address === brokerAddr && id !== brokerId) entry.brokerAddrs.delete(id)
    const first = entry.brokerAddrs.get(brokerId) === undefined
    entry.brokerAddrs.set(brokerId, brokerAddr)
    this.#takeTopics(entry, registration, first, rules)
    this.#live.set(keyOf(registration), liveBroker(registration, now))
    return { taken: true, ...this.#masterOf(entry, brokerId) }
  }

  /**
   * Takes a broker out. Does nothing when it has registered again over a connection that is younger than the one this
   * request came over: then the request was meant for what is already gone. Returns whether it was taken out.
   */
  unregister(key: BrokerKey, from: Pick<Registrant, 'id'>): boolean {
    const live = this.#live.get(keyOf(key))
    if (live !== undefined && live.registrant.id > from.id) return false
    if (live === undefined) return false
    this.#remove(live)
    return true
  }

  /** Takes out what was last registered over this connection. */
  connectionClosed(registrant: Pick<Registrant, 'id'>): LiveBroker[] {
    const lost = [...this.#live.values()].filter(live => live.registrant.id === registrant.id)
    for (const live of lost) this.#remove(live)
    return lost
  }

  /** Takes out what has given no sign of life for too long. */
  expire(now: number): LiveBroker[] {
    const dead = [...this.#live.values()].filter(live => now - live.lastSeen > live.timeoutMs)
    for (const live of dead) this.#remove(live)
    return dead
  }

  seen(clusterName: string, brokerAddr: string, now: number): void {
    const live = this.live(clusterName, brokerAddr)
    if (live !== undefined) live.lastSeen = now
  }

  dataVersion(clusterName: string, brokerAddr: string): DataVersion | undefined {
    return this.live(clusterName, brokerAddr)?.dataVersion
  }

  /** Adds one topic of brokers that are known; with an unknown one among them nothing is changed. */
  registerTopic(topic: string, queues: readonly QueueData[]): boolean {
    if (queues.length === 0 || queues.some(({ brokerName }) => !this.#groups.has(brokerName))) return false
    for (const entry of queues) this.topics.put(topic, entry)
    return true
  }

  deleteTopicOfCluster(topic: string, clusterName: string): void {
    for (const brokerName of this.#clusters.get(clusterName) ?? []) this.topics.deleteOf(topic, brokerName)
  }

  #addGroup(cluster: string, brokerName: string): Group {
    const group = { cluster, brokerName, brokerAddrs: new Map(), zoneName: undefined, enableActingMaster: false }
    this.#groups.set(brokerName, group)
    const names = this.#clusters.get(cluster)
    if (names === undefined) this.#clusters.set(cluster, new Set([brokerName]))
    else names.add(brokerName)
    return group
  }

  /** Topics count from a master, and from the slave with the lowest id when there is none. */
  #takeTopics(group: Group, registration: BrokerRegistration, first: boolean, rules: RouteRules): void {
    const { brokerId, brokerName, topics, mappings } = registration
    const isMaster = brokerId === masterId
    const isPrimeSlave =
      !isMaster && registration.enableActingMaster !== undefined && brokerId === Math.min(...group.brokerAddrs.keys())
    if (!isMaster && !isPrimeSlave) return
    if (rules.deleteTopicWithBrokerRegistration && mappings.size === 0) {
      for (const topic of [...this.topics.names()]) if (!topics.has(topic)) this.topics.deleteOf(topic, brokerName)
    }
    const known = this.dataVersion(registration.clusterName, registration.brokerAddr)
    const changed = first || known === undefined || !sameDataVersion(known, registration.dataVersion)
    for (const config of topics.values()) {
      if (!changed && this.topics.has(config.topicName, brokerName)) continue
      const readOnly = isPrimeSlave && group.enableActingMaster
      this.topics.putConfig(brokerName, config, readOnly ? config.perm & ~permissions.WRITE : config.perm)
    }
    if (!changed) return
    for (const [topic, mapping] of mappings) this.topics.putMapping(topic, mapping.bname ?? brokerName, mapping)
  }

  #masterOf(group: Group, brokerId: number): { masterAddr?: string; haServerAddr?: string } {
    const masterAddr = brokerId === masterId ? undefined : group.brokerAddrs.get(masterId)
    const master = masterAddr === undefined ? undefined : this.live(group.cluster, masterAddr)
    return masterAddr === undefined || master === undefined ? {} : { masterAddr, haServerAddr: master.haServerAddr }
  }

  #remove(live: LiveBroker): void {
    const { brokerAddr, brokerName } = live
    this.#live.delete(keyOf(live))
    const group = this.#groups.get(brokerName)
    if (group === undefined) return
    for (const [id, address] of group.brokerAddrs) if (address === brokerAddr) group.brokerAddrs.delete(id)
    if (group.brokerAddrs.size > 0) {
      if (group.enableActingMaster && !group.brokerAddrs.has(masterId)) this.topics.wipeWrite(brokerName)
      return
    }
    this.#groups.delete(brokerName)
    const names = this.#clusters.get(group.cluster)
    names?.delete(brokerName)
    if (names?.size === 0) this.#clusters.delete(group.cluster)
    this.topics.deleteBroker(brokerName)
  }
}

const liveBroker = (registration: BrokerRegistration, now: number): LiveBroker => {
  const { clusterName, brokerAddr, brokerName, haServerAddr, dataVersion, filterServers, advertised, registrant } =
    registration
  const timeoutMs = Math.min(registration.heartbeatTimeoutMs ?? defaultTimeoutMs, timeoutMsMax)
  const lastSeen = now
  return {
    clusterName,
    brokerAddr,
    brokerName,
    haServerAddr,
    timeoutMs,
    dataVersion,
    filterServers,
    advertised,
    registrant,
    lastSeen
  }
}
