/** The producers that are online, by group. Java: ProducerManager. */
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import type { Peer } from '../remoting/peer.ts'
import { ClientWatch, silent } from './client-watch.ts'
import type { ClientMember, ProducerTable } from './parts.ts'

export class Producers implements ProducerTable {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #groups = new Map<string, Map<string, ClientMember>>()
  readonly #watch = new ClientWatch((peer, groups) => {
    for (const group of groups) this.#removeWhere(group, member => member.peer === peer)
  })

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Logger }) {
    this.#clock = clock
    this.#log = log
  }

  get size(): number {
    return this.#groups.size
  }

  get(group: string): ReadonlyMap<string, ClientMember> | undefined {
    return this.#groups.get(group)
  }

  all(): IterableIterator<[string, ReadonlyMap<string, ClientMember>]> {
    return this.#groups.entries()
  }

  heartbeat(group: string, member: Omit<ClientMember, 'lastSeen'>): void {
    if (!this.#watch.add(member.peer, group)) return
    const seen: ClientMember = { ...member, lastSeen: this.#clock.monotonic() }
    const members = this.#groups.get(group)
    if (members === undefined) this.#groups.set(group, new Map([[member.clientId, seen]]))
    else members.set(member.clientId, seen)
  }

  unregister(group: string, clientId: string, peer: Peer): void {
    this.#removeWhere(group, member => member.clientId === clientId && member.peer === peer)
  }

  /** Forgets members without a heartbeat for `limitMs`, and closes their connections. */
  expire(limitMs: number): void {
    const now = this.#clock.monotonic()
    for (const [group, members] of [...this.#groups]) {
      for (const gone of silent(members, now, limitMs)) {
        this.#log.warn({ group, clientId: gone.clientId }, 'a producer without heartbeat was dropped')
        this.#removeWhere(group, member => member === gone)
        gone.peer.close('no heartbeat')
      }
    }
  }

  #removeWhere(group: string, chosen: (member: ClientMember) => boolean): void {
    const members = this.#groups.get(group)
    if (members === undefined) return
    for (const member of [...members.values()]) {
      if (!chosen(member)) continue
      members.delete(member.clientId)
      if (![...members.values()].some(other => other.peer === member.peer)) this.#watch.remove(member.peer, group)
    }
    if (members.size === 0) this.#groups.delete(group)
  }
}
