/**
 * Who uses which connection: tells a table of clients when one of its connections closes, and which members have been
 * silent for too long. Java: ClientHousekeepingService.
 */
import type { Peer } from '../remoting/peer.ts'
import type { ClientMember } from './parts.ts'

/** Groups of one kind that one connection may belong to; a client that claims more is not taken at its word. */
export const groupsPerPeerMax = 4096

export class ClientWatch {
  readonly #groups = new Map<Peer, Set<string>>()
  readonly #closed: (peer: Peer, groups: Iterable<string>) => void

  constructor(closed: (peer: Peer, groups: Iterable<string>) => void) {
    this.#closed = closed
  }

  /**
   * Remembers that the connection has a member in the group. False when the connection is already closed, so that a
   * heartbeat that is handled late makes no member that nothing would ever remove, or when it has too many groups.
   */
  add(peer: Peer, group: string): boolean {
    if (peer.closed) return false
    const groups = this.#groups.get(peer)
    if (groups !== undefined) {
      if (groups.size >= groupsPerPeerMax && !groups.has(group)) return false
      groups.add(group)
      return true
    }
    this.#groups.set(peer, new Set([group]))
    peer.onClose(() => {
      const left = this.#groups.get(peer)
      this.#groups.delete(peer)
      if (left !== undefined) this.#closed(peer, left)
    })
    return true
  }

  remove(peer: Peer, group: string): void {
    this.#groups.get(peer)?.delete(group)
  }

  /** Connections with a member; for tests and metrics. */
  get size(): number {
    return this.#groups.size
  }
}

/** The members whose last heartbeat is older than `limitMs`. */
export const silent = (members: ReadonlyMap<string, ClientMember>, now: number, limitMs: number): ClientMember[] =>
  [...members.values()].filter(member => now - member.lastSeen > limitMs)
