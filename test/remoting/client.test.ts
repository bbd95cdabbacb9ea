import { createServer, type Server, type Socket } from 'node:net'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import { emptyBody } from '../../src/protocol/command.ts'
import { notifyConsumerIdsChanged } from '../../src/protocol/requests/notify-consumer-ids-changed.ts'
import { formatAddress } from '../../src/remoting/address.ts'
import { type RemotingClient, remotingClient } from '../../src/remoting/client.ts'
import { route, router } from '../../src/remoting/router.ts'
import { type EchoServer, echo, echoServer, hold } from '../support/echo-server.ts'
import { eventually } from '../support/eventually.ts'
import { manualClock } from '../support/manual-clock.ts'
import { silentLog } from '../support/silent-log.ts'

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'fine',
    (error: { code: string }) => error.code
  )

describe('the remoting client', () => {
  let server: EchoServer
  let client: RemotingClient
  let address: string

  beforeEach(async () => {
    server = await echoServer()
    address = formatAddress(server.address)
    client = remotingClient({ clock: systemClock, log: silentLog() })
  })

  afterEach(async () => {
    server.release()
    await client.close()
    await server.close()
  })

  it('opens one connection an address, however many call at once', async () => {
    const calls = Array.from({ length: 20 }, (_, i) => client.invoke(address, echo, { word: `${i}` }, emptyBody, 5000))
    expect((await Promise.all(calls)).map(answer => answer.fields.get('word'))).to.deep.equal(
      calls.map((_, i) => `${i}`)
    )
    expect(server.peers.size).to.equal(1)
    expect((await client.peer(address)).closed).to.equal(false)
    expect(server.peers.size).to.equal(1)
  })

  it('a late answer completes no other call', async () => {
    expect(await codeOf(client.invoke(address, hold, {}, emptyBody, 20))).to.equal('MQ_TIMEOUT')
    const next = client.invoke(address, hold, {}, emptyBody, 5000)
    await eventually(() => server.held.length === 2, 'both are held')
    server.release(1)
    expect((await client.invoke(address, echo, { word: 'between' }, emptyBody, 5000)).fields.get('word')).to.equal(
      'between'
    )
    server.release()
    expect((await next).code).to.equal(0)
  })

  it('says that nobody listens, and comes back when somebody does', async () => {
    const port = server.address.port
    await server.close()
    const error = await client.invoke(address, echo, { word: 'x' }, emptyBody, 50).catch((thrown: unknown) => thrown)
    expect(error).to.have.property('code', 'MQ_CONNECT_FAILED')
    expect(String(error)).to.contain(address)
    const back = createServer(socket => void socket.resume().end()).listen(port, '127.0.0.1')
    await new Promise(resolve => back.once('listening', resolve))
    const code = await codeOf(client.invoke(address, echo, { word: 'x' }, emptyBody, 5000))
    expect(code).to.equal('MQ_CONNECTION_CLOSED')
    await new Promise(resolve => back.close(resolve))
  })

  it('waits longer after each failure, up to 3 s, and spreads the attempts', async () => {
    const clock = manualClock()
    let dialled = 0
    const refusing = createServer()
    await new Promise<void>(resolve => refusing.listen(0, '127.0.0.1', resolve))
    const { port } = refusing.address() as { port: number }
    await new Promise(resolve => refusing.close(resolve))
    const shy = remotingClient({ clock, log: silentLog(), random: () => 0.999_999 })
    const pauses: number[] = []
    for (let attempt = 0; attempt < 9; attempt++) {
      const began = clock.monotonic()
      let over = false
      void codeOf(shy.peer(`127.0.0.1:${port}`)).then(code => {
        expect(code).to.equal('MQ_CONNECT_FAILED')
        dialled++
        over = true
      })
      await eventually(() => {
        if (!over) clock.advance(1)
        return over
      }, 'the attempt has failed')
      pauses.push(clock.monotonic() - began)
    }
    expect(dialled).to.equal(9)
    expect(pauses[1]).to.be.within(95, 200)
    expect(pauses[3]).to.be.within(390, 500)
    expect(pauses[8]).to.be.within(2900, 3100)
    await shy.close()
  })

  it('fails calls at once while a new attempt is further away than they would wait', async () => {
    await server.close()
    await codeOf(client.peer(address))
    await codeOf(client.invoke(address, echo, { word: 'x' }, emptyBody, 500))
    const began = performance.now()
    expect(await codeOf(client.invoke(address, echo, { word: 'x' }, emptyBody, 5))).to.equal('MQ_CONNECT_FAILED')
    expect(performance.now() - began).to.be.lessThan(100)
  })

  it('gives up dialling when nobody answers in time', async () => {
    const clock = manualClock()
    const full = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 })
    await new Promise(resolve => full.once('listening', resolve))
    const slow = remotingClient({ clock, log: silentLog() })
    // An address of the documentation's networks is routed nowhere, or refused; both are failures.
    const call = codeOf(slow.peer('192.0.2.250:9'))
    await eventually(() => clock.waiting > 1, 'it dials').catch(() => {})
    clock.advance(3000)
    expect(await call).to.equal('MQ_CONNECT_FAILED')
    await slow.close()
    await new Promise(resolve => full.close(resolve))
  })

  it('fails the calls that wait when the connection is lost, and dials anew for the next', async () => {
    const waiting = codeOf(client.invoke(address, hold, {}, emptyBody, 10_000))
    await eventually(() => server.held.length === 1, 'it is held')
    const [peer] = server.peers
    ;(peer as unknown as { destroy(reason: string): void }).destroy('for the test')
    expect(await waiting).to.equal('MQ_CONNECTION_CLOSED')
    expect((await client.invoke(address, echo, { word: 'again' }, emptyBody, 5000)).code).to.equal(0)
    expect([...server.peers]).not.to.include(peer)
  })

  it('answers the server’s requests by its router, and others with code 3', async () => {
    const groups: string[] = []
    const listening = remotingClient({
      clock: systemClock,
      log: silentLog(),
      router: router([
        route(notifyConsumerIdsChanged, ({ consumerGroup }) => {
          groups.push(consumerGroup)
          return {}
        })
      ])
    })
    await listening.peer(address)
    await client.peer(address)
    await eventually(() => server.peers.size === 2, 'both are in')
    const [first, second] = [...server.peers]
    const ask = (peer: typeof first) => peer!.invoke(notifyConsumerIdsChanged, { consumerGroup: 'g' }, emptyBody, 5000)
    expect((await ask(first)).code).to.equal(0)
    expect(groups).to.deep.equal(['g'])
    expect((await ask(second)).code).to.equal(3)
    await listening.close()
  })

  it('sends one-way requests, and those that were queued before it closes', async () => {
    let count = 0
    const counting: Server = createServer(socket => {
      socket.on('data', chunk => {
        count += chunk.toString('latin1').split('"flag":2').length - 1
      })
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => counting.once('listening', resolve))
    const { port } = counting.address() as { port: number }
    const sending = remotingClient({ clock: systemClock, log: silentLog() })
    for (let i = 0; i < 10; i++) await sending.oneWay(`127.0.0.1:${port}`, echo, { word: 'x' })
    await sending.close()
    await eventually(() => count === 10, 'all came')
    await new Promise(resolve => counting.close(resolve))
  })

  it('refuses more than its share of waiting output, and keeps the connection', async () => {
    const sockets: Socket[] = []
    const stuck = createServer(socket => void sockets.push(socket.pause())).listen(0, '127.0.0.1')
    await new Promise(resolve => stuck.once('listening', resolve))
    const { port } = stuck.address() as { port: number }
    const pushing = remotingClient({ clock: systemClock, log: silentLog(), limits: { outputBytesHard: 4_000_000 } })
    const peer = await pushing.peer(`127.0.0.1:${port}`)
    const calls = Array.from({ length: 20 }, () =>
      codeOf(peer.invoke(echo, { word: 'x' }, Buffer.alloc(1_000_000), 100))
    )
    const codes = await Promise.all(calls)
    expect(codes.filter(code => code === 'MQ_TOO_BUSY').length).to.be.greaterThan(10)
    expect(codes[0]).to.equal('MQ_TIMEOUT')
    expect(peer.closed).to.equal(false)
    for (const socket of sockets) socket.destroy()
    await pushing.close()
    await new Promise(resolve => stuck.close(resolve))
  })

  it('refuses calls once it is closed', async () => {
    await client.peer(address)
    await client.close()
    expect(await codeOf(client.invoke(address, echo, { word: 'x' }, emptyBody, 100))).to.equal('MQ_CONNECTION_CLOSED')
    expect(server.peers.size).to.be.at.most(1)
  })
})
