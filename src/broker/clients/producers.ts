/** The producers that are online, by group. Java: ProducerManager. */
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { ClientMember, ProducerTable } from '../parts.ts'
import { ClientWatch, silent } from './client-watch.ts'

export class Producers implements ProducerTable {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #groups = new Map<string, Map<string, ClientMember>>()
  readonly #watch = new ClientWatch((peer, groups) => {
    for (const [group, clientId] of groups) this.unregister(group, clientId, peer)
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
    // A connection is one member of a group, as in Java; a client that changes its id takes the place of its old self.
    const before = this.#watch.clientId(member.peer, group)
    if (!this.#watch.add(member.peer, group, member.clientId)) return
    const members = this.#groups.get(group) ?? new Map<string, ClientMember>()
    if (before !== member.clientId && members.get(before ?? '')?.peer === member.peer) members.delete(before ?? '')
    members.set(member.clientId, { ...member, lastSeen: this.#clock.monotonic() })
    this.#groups.set(group, members)
  }

  unregister(group: string, clientId: string, peer: Peer): void {
    const members = this.#groups.get(group)
    // Another connection of the same client id may have taken the place meanwhile.
    if (members?.get(clientId)?.peer !== peer) return
    members.delete(clientId)
    this.#watch.remove(peer, group)
    if (members.size === 0) this.#groups.delete(group)
  }

  /** Forgets members without a heartbeat for `limitMs`, and closes their connections. */
  expire(limitMs: number): void {
    const now = this.#clock.monotonic()
    for (const [group, members] of [...this.#groups]) {
      for (const { clientId, peer } of silent(members, now, limitMs)) {
        this.#log.warn({ group, clientId }, 'a producer without heartbeat was dropped')
        this.unregister(group, clientId, peer)
        peer.close('no heartbeat')
      }
    }
  }
}
