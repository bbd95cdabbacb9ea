/**
 * Who uses which connection: tells a table of clients when one of its connections closes, and which members have been
 * silent for too long. Java: ClientHousekeepingService.
 */
import type { Peer } from '../../remoting/peer.ts'
import type { ClientMember } from '../parts.ts'

/** Groups of one kind that one connection may belong to; a client that claims more is not taken at its word. */
export const groupsPerPeerMax = 4096

/** Characters of a client id; Java's have some 60. It is kept as long as the client lives. */
export const clientIdMax = 1024

export class ClientWatch {
  /** By connection: its client id in each of its groups. */
  readonly #members = new Map<Peer, Map<string, string>>()
  readonly #closed: (peer: Peer, groups: ReadonlyMap<string, string>) => void

  /** `closed` is told the groups that the connection was in, with its client id in each. */
  constructor(closed: (peer: Peer, groups: ReadonlyMap<string, string>) => void) {
    this.#closed = closed
  }

  /**
   * Remembers that the connection has a member in the group. False when the connection is already closed, so that a
   * heartbeat that is handled late makes no member that nothing would ever remove, or when it has too many groups.
   */
  add(peer: Peer, group: string, clientId: string): boolean {
    if (peer.closed) return false
    const groups = this.#members.get(peer)
    if (groups !== undefined) {
      if (groups.size >= groupsPerPeerMax && !groups.has(group)) return false
      groups.set(group, clientId)
      return true
    }
    this.#members.set(peer, new Map([[group, clientId]]))
    peer.onClose(() => {
      const left = this.#members.get(peer)
      this.#members.delete(peer)
      if (left !== undefined) this.#closed(peer, left)
    })
    return true
  }

  /** The connection's client id in the group. */
  clientId(peer: Peer, group: string): string | undefined {
    return this.#members.get(peer)?.get(group)
  }

  remove(peer: Peer, group: string): void {
    this.#members.get(peer)?.delete(group)
  }
}

/** The members whose last heartbeat is older than `limitMs`. */
export const silent = (members: ReadonlyMap<string, ClientMember>, now: number, limitMs: number): ClientMember[] =>
  [...members.values()].filter(member => now - member.lastSeen > limitMs)
