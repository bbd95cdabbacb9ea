/** The addresses that messages carry, encoded once for each connection and for the broker. */
import { encodeHost } from '../../protocol/host-bytes.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { BrokerIdentity } from '../parts.ts'

const unknownHost = Buffer.alloc(8)
const bornHosts = new WeakMap<Peer, Buffer>()

/** Address and port of the sender as messages keep them; zeros when the connection is no IP connection. */
export const bornHostOf = (peer: Peer): Buffer => {
  const known = bornHosts.get(peer)
  if (known !== undefined) return known
  const bytes = encoded(peer.remote.host, peer.remote.port)
  bornHosts.set(peer, bytes)
  return bytes
}

/** Address and port in the broker's offset ids; follows a change of the advertised address. */
export const storeHostOf = (identity: BrokerIdentity): (() => Buffer) => {
  let host = ''
  let port = -1
  let bytes: Buffer = unknownHost
  return () => {
    const { advertised } = identity
    if (advertised.port !== port || advertised.host !== host) {
      host = advertised.host
      port = advertised.port
      bytes = encoded(host, port)
    }
    return bytes
  }
}

const encoded = (host: string, port: number): Buffer => {
  try {
    return encodeHost(host, port)
  } catch {
    return unknownHost
  }
}
