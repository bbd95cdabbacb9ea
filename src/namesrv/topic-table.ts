/** Topics and the queues that each broker name has of them. Java: RouteInfoManager.topicQueueTable. */
import type { TopicConfig } from '../protocol/bodies/topic-config.ts'
import type { QueueMappingInfo } from '../protocol/bodies/topic-config-wrapper.ts'
import type { QueueData } from '../protocol/bodies/topic-route.ts'
import { permissions } from '../protocol/permissions.ts'

const noQueues: ReadonlyMap<string, QueueData> = new Map()

export class TopicTable {
  /** Topic → broker name → queues. */
  readonly #queues = new Map<string, Map<string, QueueData>>()
  /** Topic → broker name → mapping of a static topic. */
  readonly #mappings = new Map<string, Map<string, QueueMappingInfo>>()

  get size(): number {
    return this.#queues.size
  }

  names(): IterableIterator<string> {
    return this.#queues.keys()
  }

  entries(): IterableIterator<[string, ReadonlyMap<string, QueueData>]> {
    return this.#queues.entries()
  }

  queuesOf(topic: string): ReadonlyMap<string, QueueData> {
    return this.#queues.get(topic) ?? noQueues
  }

  mappingsOf(topic: string): ReadonlyMap<string, QueueMappingInfo> | undefined {
    return this.#mappings.get(topic)
  }

  has(topic: string, brokerName: string): boolean {
    return this.queuesOf(topic).has(brokerName)
  }

  put(topic: string, queues: QueueData): void {
    const byBroker = this.#queues.get(topic)
    if (byBroker === undefined) this.#queues.set(topic, new Map([[queues.brokerName, queues]]))
    else byBroker.set(queues.brokerName, queues)
  }

  putConfig(brokerName: string, config: TopicConfig, perm: number): void {
    const { readQueueNums, writeQueueNums, topicSysFlag } = config
    this.put(config.topicName, { brokerName, readQueueNums, writeQueueNums, perm, topicSysFlag })
  }

  putMapping(topic: string, brokerName: string, mapping: QueueMappingInfo): void {
    const byBroker = this.#mappings.get(topic)
    if (byBroker === undefined) this.#mappings.set(topic, new Map([[brokerName, mapping]]))
    else byBroker.set(brokerName, mapping)
  }

  delete(topic: string): void {
    this.#queues.delete(topic)
    this.#mappings.delete(topic)
  }

  deleteOf(topic: string, brokerName: string): void {
    const byBroker = this.#queues.get(topic)
    if (byBroker?.delete(brokerName) && byBroker.size === 0) this.#queues.delete(topic)
    const mappings = this.#mappings.get(topic)
    if (mappings?.delete(brokerName) && mappings.size === 0) this.#mappings.delete(topic)
  }

  deleteBroker(brokerName: string): void {
    for (const topic of [...this.#queues.keys(), ...this.#mappings.keys()]) this.deleteOf(topic, brokerName)
  }

  /** Changes the permission of each topic of a broker. Returns how many there are. */
  changePermission(brokerName: string, change: (perm: number) => number): number {
    let count = 0
    for (const byBroker of this.#queues.values()) {
      const queues = byBroker.get(brokerName)
      if (queues === undefined) continue
      byBroker.set(brokerName, { ...queues, perm: change(queues.perm) })
      count++
    }
    return count
  }

  wipeWrite(brokerName: string): number {
    return this.changePermission(brokerName, perm => perm & ~permissions.WRITE)
  }
}
