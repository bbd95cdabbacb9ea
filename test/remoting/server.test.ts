import { connect, type Socket } from 'node:net'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import { emptyBody } from '../../src/protocol/command.ts'
import { formatAddress } from '../../src/remoting/address.ts'
import { remotingClient } from '../../src/remoting/client.ts'
import { listen } from '../../src/remoting/server.ts'
import { type EchoServer, type EchoSettings, echo, echoServer, give, hold } from '../support/echo-server.ts'
import { eventually } from '../support/eventually.ts'
import { manualClock } from '../support/manual-clock.ts'
import { binaryHeader, frameOf, jsonHeader, RawClient } from '../support/raw-client.ts'
import { seeded } from '../support/seeded.ts'
import { silentLog } from '../support/silent-log.ts'

const MiB = 1024 * 1024

describe('the remoting server', () => {
  let server: EchoServer
  const clients: { destroy(): void }[] = []

  const start = async (settings: EchoSettings = {}): Promise<void> => {
    server = await echoServer(settings)
  }

  const client = async (): Promise<RawClient> => {
    const made = await RawClient.connect(server.address.port)
    clients.push(made)
    return made
  }

  /** A client that sends, and never reads. */
  const deaf = async (): Promise<Socket> => {
    const socket = connect({ port: server.address.port, host: '127.0.0.1' })
    socket.on('error', () => {})
    socket.pause()
    await new Promise(resolve => socket.once('connect', resolve))
    clients.push(socket)
    return socket
  }

  afterEach(async () => {
    for (const each of clients.splice(0)) each.destroy()
    server?.release()
    await server?.close()
  })

  it('tells the address that it is bound to, and each new peer with both its ends', async () => {
    await start()
    expect(server.address.host).to.equal('127.0.0.1')
    expect(server.address.port).to.be.greaterThan(0)
    const peers: unknown[] = []
    server.onPeer(peer => peers.push([peer.remote.host, peer.local]))
    await client()
    await eventually(() => peers.length === 1, 'the peer was told')
    expect(peers).to.deep.equal([['127.0.0.1', server.address]])
  })

  it('says which port is in use, and which address is not ours', async () => {
    await start()
    const again = {
      host: '127.0.0.1',
      port: server.address.port,
      router: new Map(),
      clock: systemClock,
      log: silentLog()
    }
    const code = (settings: typeof again): Promise<unknown> => listen(settings).catch((e: { code: string }) => e.code)
    expect(await code(again)).to.equal('MQ_PORT_IN_USE')
    expect(await code({ ...again, host: '203.0.113.1', port: 0 })).to.equal('MQ_CONFIG_INVALID')
  })

  it('refuses connections above its number, and takes new ones when old ones have gone', async () => {
    await start({ limits: { connectionsMax: 3 } })
    const first = [await client(), await client(), await client()]
    await eventually(() => server.peers.size === 3, 'three are in')
    const refused = await client()
    await refused.closed
    expect((await first[0]!.ask(echo.code, { word: 'still' })).code).to.equal(0)
    first[1]!.destroy()
    await eventually(() => server.peers.size === 2, 'one has gone')
    expect((await (await client()).ask(echo.code, { word: 'new' })).code).to.equal(0)
  })

  it('refuses connections above the number that one address may have', async () => {
    await start({ limits: { connectionsPerHostMax: 2 } })
    const first = await client()
    await client()
    await (await client()).closed
    first.destroy()
    await eventually(() => server.peers.size === 1, 'one has gone')
    expect((await (await client()).ask(echo.code, { word: 'new' })).code).to.equal(0)
  })

  it('answers HTTP and gRPC clients in their language, TLS by closing, and logs each', async () => {
    await start()
    const told = async (bytes: Buffer): Promise<string> => {
      const socket = connect({ port: server.address.port, host: '127.0.0.1' })
      clients.push(socket)
      let text = ''
      socket.on('data', chunk => {
        text += chunk.toString('latin1')
      })
      socket.write(bytes)
      await new Promise(resolve => socket.once('close', resolve))
      return text
    }
    expect(await told(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))).to.contain('400 Bad Request')
    expect(await told(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))).to.contain('gRPC clients use')
    expect(await told(Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0]))).to.equal('')
    const warnings = server.log.lines.filter(line => line.level === 'warn')
    expect(warnings.map(line => line.message).join('\n')).to.match(/HTTP is served[\s\S]*gRPC[\s\S]*TLS/)
    expect(warnings).to.have.length(3)
  })

  it('a client that never reads costs bounded memory, and is closed in the end', async () => {
    const clock = manualClock()
    await start({ clock })
    const good = await client()
    const socket = await deaf()
    await eventually(() => server.peers.size === 2, 'both are in')
    const held = (): number => {
      const last = [...server.peers].at(-1) as unknown as { heldBytes: number } | undefined
      return last?.heldBytes ?? 0
    }
    const ask = frameOf(jsonHeader(give.code, { bytes: 256 * 1024 }), emptyBody)
    socket.write(Buffer.concat(Array.from({ length: 400 }, () => ask)))
    await eventually(() => held() > 0, 'its output is stuck')
    let most = 0
    for (let round = 0; round < 200; round++) {
      most = Math.max(most, held())
      expect((await good.ask(echo.code, { word: 'x' })).code).to.equal(0)
    }
    // 100 MiB were asked for. One mebibyte of output stops the reading; one answer may be on top.
    expect(most).to.be.at.most(2 * MiB)
    for (let s = 0; s < 31; s++) clock.advance(1000)
    expect(server.peers.size).to.equal(1)
    expect((await good.ask(echo.code, { word: 'x' })).code).to.equal(0)
  })

  it('a peer that is given much at once by others is closed when it takes none of it', async () => {
    const clock = manualClock()
    await start({ clock })
    await deaf()
    await eventually(() => server.peers.size === 1, 'it is in')
    const [peer] = server.peers
    let most = 0
    const held = peer as unknown as { heldBytes: number }
    for (let i = 0; i < 200 && !peer!.closed; i++) {
      if (i === 60) clock.advance(1000)
      const room = peer!.claim(256 * 1024)
      room?.bytes.fill(1, room.at, room.at + 256 * 1024)
      most = Math.max(most, held.heldBytes)
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(peer!.closed).to.equal(true)
    expect(most).to.be.greaterThan(8 * MiB)
    expect(most).to.be.at.most(32 * MiB)
    expect((peer as unknown as { reason: string }).reason).to.match(/does not read|took nothing/)
  })

  it('a client that reads slowly gets everything', async () => {
    await start()
    const socket = connect({ port: server.address.port, host: '127.0.0.1' })
    clients.push(socket)
    const ask = frameOf(jsonHeader(give.code, { bytes: 100_000 }), emptyBody)
    socket.write(Buffer.concat(Array.from({ length: 300 }, () => ask)))
    let bytes = 0
    let frameBytes = 0
    socket.on('data', chunk => {
      if (bytes === 0) frameBytes = chunk.readUInt32BE(0) + 4
      bytes += chunk.length
      socket.pause()
      setImmediate(() => socket.resume())
    })
    await eventually(() => frameBytes > 0 && bytes >= 300 * frameBytes, 'all came')
    expect(bytes).to.equal(300 * frameBytes)
  })

  it('survives many connections at once that send rubbish', async () => {
    await start()
    const good = await client()
    const rubbish = await Promise.all(Array.from({ length: 200 }, () => client()))
    rubbish.forEach((each, i) => {
      each.write(Buffer.alloc(1 + (i % 60), i))
    })
    for (let i = 0; i < 50; i++) expect((await good.ask(echo.code, { word: 'x' })).code).to.equal(0)
    for (const each of rubbish) each.destroy()
    await eventually(() => server.peers.size === 1, 'the others are forgotten')
  })

  it('survives 1,500 frames with one fault each, while a good client is served', async () => {
    const rejections: unknown[] = []
    const note = (reason: unknown): void => void rejections.push(reason)
    process.on('unhandledRejection', note)
    await start()
    const good = await client()
    const chance = seeded(20_261)
    for (let round = 0; round < 30; round++) {
      const attackers = await Promise.all(Array.from({ length: 10 }, () => client()))
      for (let i = 0; i < 50; i++) {
        const header = chance.pick([jsonHeader, binaryHeader])(echo.code, { word: 'x' }, { opaque: i })
        const frame = frameOf(header, chance.bytes(20), header[0] === 0x7b ? 0 : 1)
        const at = chance.whole(0, frame.length - 1)
        const fault = chance.whole(0, 3)
        if (fault === 0) frame[at] = chance.whole(0, 255)
        if (fault === 1) frame.writeInt32BE(chance.pick([0, -1, 2 ** 31 - 1, 3, 5]), chance.pick([0, 4]))
        const bytes =
          fault === 2 ? frame.subarray(0, at) : fault === 3 ? Buffer.concat([frame, chance.bytes(at)]) : frame
        chance.pick(attackers).write(bytes)
      }
      expect((await good.ask(echo.code, { word: 'good' })).fields.get('word')).to.equal('good')
      for (const attacker of attackers) attacker.destroy()
    }
    await eventually(() => server.peers.size === 1, 'only the good client is left')
    process.off('unhandledRejection', note)
    expect(rejections).to.deep.equal([])
  })

  it('when it closes, answers what is in flight, takes nothing new, and ends', async () => {
    await start()
    const good = await client()
    const held = good.ask(hold.code, {})
    await eventually(() => server.held.length === 1, 'it is in flight')
    const closed = server.close()
    const late = good.ask(echo.code, { word: 'late' }).catch(() => 'none')
    const refused = await RawClient.connect(server.address.port).then(
      other => other.closed,
      () => {}
    )
    expect(refused).to.equal(undefined)
    server.release()
    expect((await held).code).to.equal(0)
    await closed
    await good.closed
    expect(await late).to.equal('none')
    expect(server.peers.size).to.equal(0)
    await server.close()
  })

  it('when it closes, does not wait for ever for a peer that takes nothing', async () => {
    const clock = manualClock()
    await start({ clock })
    const socket = await deaf()
    socket.write(
      Buffer.concat(Array.from({ length: 20 }, () => frameOf(jsonHeader(give.code, { bytes: MiB }), emptyBody)))
    )
    await eventually(() => ([...server.peers][0] as unknown as { heldBytes: number })?.heldBytes > 0, 'output is stuck')
    let over = false
    void server.close().then(() => {
      over = true
    })
    await eventually(() => {
      clock.advance(1000)
      return over
    }, 'it has closed')
  })

  it('and a client of ours carry large bodies both ways', async () => {
    await start()
    const log = silentLog()
    const ours = remotingClient({ clock: systemClock, log })
    const address = formatAddress(server.address)
    const big = Buffer.alloc(1_500_000, 7)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ours.invoke(address, echo, { word: 'x' }, big, 10_000))
    )
    for (const { body } of answers) expect(body.equals(big)).to.equal(true)
    await ours.close()
  })
})
