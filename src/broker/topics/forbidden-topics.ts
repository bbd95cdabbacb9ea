/** Topics that a consumer group may not read, whatever it subscribes. Java: SubscriptionGroupManager.forbiddenTable. */
import { permissions } from '../../protocol/permissions.ts'
import { type KeptParts, KeptRows } from '../kept-rows.ts'

/** What is forbidden of each topic: bits of permissions.ts. */
type Topics = readonly (readonly [topic: string, bits: number])[]

export class ForbiddenTopics {
  readonly #rows: KeptRows<Topics>
  /** For pulls: by group. */
  readonly #unreadable = new Map<string, ReadonlySet<string>>()

  #last: Promise<void> = Promise.resolve()

  private constructor(rows: KeptRows<Topics>) {
    this.#rows = rows
    for (const [group] of rows.entries()) this.#refresh(group)
  }

  static async open(parts: KeptParts): Promise<ForbiddenTopics> {
    return new ForbiddenTopics(await KeptRows.open('forbidden.', parts))
  }

  /** Each pull asks. */
  forbids(group: string, topic: string): boolean {
    return this.#unreadable.size > 0 && this.#unreadable.get(group)?.has(topic) === true
  }

  /** By group, then by topic; as GET_ALL_SUBSCRIPTIONGROUP_CONFIG answers it. */
  table(): Map<string, ReadonlyMap<string, number>> {
    return new Map(Array.from(this.#rows.entries(), ([group, topics]) => [group, new Map(topics)]))
  }

  /** Resolves when it is durable and in force. */
  setReadable(group: string, topic: string, readable: boolean): Promise<void> {
    return this.#inTurn(() => this.#set(group, topic, readable))
  }

  deleteGroup(group: string): Promise<void> {
    return this.#inTurn(() => this.#put(group, []))
  }

  deleteTopic(topic: string): Promise<void> {
    return this.#inTurn(() => this.#removeTopic(topic))
  }

  /** A change starts from what the one before it has left. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.#last.then(change)
    this.#last = done.catch(() => {})
    return done
  }

  async #set(group: string, topic: string, readable: boolean): Promise<void> {
    const topics = new Map(this.#rows.get(group) ?? [])
    const before = topics.get(topic) ?? 0
    const bits = readable ? before & ~permissions.READ : before | permissions.READ
    if (bits === 0) topics.delete(topic)
    else topics.set(topic, bits)
    await this.#put(group, [...topics])
  }

  async #removeTopic(topic: string): Promise<void> {
    for (const [group, topics] of [...this.#rows.entries()]) {
      const left = topics.filter(([name]) => name !== topic)
      if (left.length < topics.length) await this.#put(group, left)
    }
  }

  async #put(group: string, topics: Topics): Promise<void> {
    await this.#rows.write([[group, topics.length === 0 ? undefined : topics]])
    this.#refresh(group)
  }

  #refresh(group: string): void {
    const unreadable = (this.#rows.get(group) ?? []).filter(([, bits]) => (bits & permissions.READ) !== 0)
    if (unreadable.length === 0) this.#unreadable.delete(group)
    else this.#unreadable.set(group, new Set(unreadable.map(([topic]) => topic)))
  }
}
