/** A connection without a socket, for tests of the tables of clients alone. */
import type { HeaderOf, Request } from '../../src/protocol/requests/request.ts'
import type { Peer } from '../../src/remoting/peer.ts'

export interface FakePeer extends Peer {
  /** Names of the one-way requests that were sent, with their headers. */
  readonly sent: (readonly [string, unknown])[]
}

let lastId = 0

export const fakePeer = (): FakePeer => {
  const listeners: (() => void)[] = []
  const sent: (readonly [string, unknown])[] = []
  let closed = false
  return {
    id: ++lastId,
    remote: { host: '127.0.0.1', port: 40_000 + lastId },
    local: { host: '127.0.0.1', port: 10_911 },
    sent,
    get closed() {
      return closed
    },
    send() {},
    enter() {},
    leave() {},
    claim: () => undefined,
    invoke: () => Promise.reject(new Error('not here')),
    oneWay<Q extends Request>(request: Q, header: HeaderOf<Q>) {
      sent.push([request.name, header])
    },
    onClose(listener) {
      if (closed) listener()
      else listeners.push(listener)
    },
    close() {
      closed = true
      for (const listener of listeners.splice(0)) listener()
    }
  }
}
