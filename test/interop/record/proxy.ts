/**
 * A TCP proxy that cuts what passes into frames. In front of a NameServer it also replaces the broker's address in what
 * the NameServer says, so that clients come to the broker through a second proxy.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'
import { freeBasePort, type Peer } from '../peer.ts'

export interface SeenFrame {
  readonly server: 'namesrv' | 'broker'
  readonly from: 'client' | 'server'
  /** Counts the connections of a recording. */
  readonly connection: number
  /** The whole frame, its length field included, as it left its sender. */
  readonly bytes: Buffer
}

/** Gives back the complete frames of a byte stream, chunk by chunk. */
const frameCutter = (): ((chunk: Buffer) => Buffer[]) => {
  let rest: Buffer = Buffer.alloc(0)
  return chunk => {
    const frames: Buffer[] = []
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const size = 4 + rest.readUInt32BE(0)
      frames.push(Buffer.from(rest.subarray(0, size)))
      rest = rest.subarray(size)
    }
    return frames
  }
}

/** A copy of `frame` in which every `from` is `to`; both have the same length, so that all length fields stay right. */
const replaced = (frame: Buffer, from: Buffer, to: Buffer): Buffer => {
  const copy = Buffer.from(frame)
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + to.length)) to.copy(copy, at)
  return copy
}

/** How an address of 127.0.0.1 starts an offset id: address and port, in hex. */
const inIds = (address: string): Buffer =>
  Buffer.from(`7F000001${Number(address.split(':')[1]).toString(16).padStart(8, '0').toUpperCase()}`)

interface Route {
  readonly server: 'namesrv' | 'broker'
  readonly target: string
  readonly port: number
  /** What becomes of a frame of the server on its way to the client. */
  readonly answer: (frame: Buffer) => Buffer
}

export interface Recording extends Peer {
  readonly frames: SeenFrame[]
}

/** Puts proxies in front of `peer`; the peer itself is stopped with the recording. */
export const record = async (peer: Peer): Promise<Recording> => {
  const frames: SeenFrame[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const listen = ({ server, target, port, answer }: Route): Promise<Server> => {
    const [host, targetPort] = target.split(':')
    const listener = createServer(client => {
      const connection = connections++
      const upstream = connect(Number(targetPort), host)
      const pass = (
        from: 'client' | 'server',
        source: Socket,
        sink: Socket,
        change: (frame: Buffer) => Buffer
      ): void => {
        const cut = frameCutter()
        sockets.add(source)
        source.on('data', chunk => {
          for (const bytes of cut(chunk)) {
            frames.push({ server, from, connection, bytes })
            sink.write(change(bytes))
          }
        })
        source.on('error', () => sink.destroy())
        source.on('close', () => {
          sockets.delete(source)
          sink.end()
        })
      }
      pass('client', client, upstream, frame => frame)
      pass('server', upstream, client, answer)
    })
    return new Promise((resolve, reject) => {
      listener.once('error', reject)
      listener.listen(port, '127.0.0.1', () => resolve(listener))
    })
  }
  const base = await freeBasePort()
  const namesrv = `127.0.0.1:${base}`
  const broker = `127.0.0.1:${base + 1035}`
  const [real, shown] = [Buffer.from(peer.broker), Buffer.from(broker)]
  if (real.length !== shown.length) throw new Error(`${peer.broker} and ${broker} differ in length`)
  const listeners = [
    await listen({
      server: 'namesrv',
      target: peer.namesrv,
      port: base,
      answer: frame => replaced(frame, real, shown)
    }),
    // Offset ids name the broker too, and a client that looks one up dials what it names.
    await listen({
      server: 'broker',
      target: peer.broker,
      port: base + 1035,
      answer: frame => replaced(frame, inIds(peer.broker), inIds(broker))
    })
  ]
  return {
    ...peer,
    namesrv,
    broker,
    frames,
    stop: async () => {
      for (const listener of listeners) listener.close()
      for (const socket of sockets) socket.destroy()
      await peer.stop()
    }
  }
}
