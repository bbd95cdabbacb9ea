import { expect } from 'chai'
import { defaultOptions } from '../../src/kit/options.ts'
import { startNamesrv } from '../../src/namesrv/namesrv.ts'
import { namesrvOptionRows } from '../../src/namesrv/options.ts'
import { namesrvRoutes } from '../../src/namesrv/routes.ts'
import { eventually } from '../support/eventually.ts'
import { manualClock } from '../support/manual-clock.ts'
import { brokerFields, registrationBody, testNamesrv } from '../support/namesrv.ts'
import { RawClient } from '../support/raw-client.ts'
import { silentLog } from '../support/silent-log.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('the NameServer', () => {
  it('answers its 23 codes', () => {
    const codes = namesrvRoutes({} as never).map(({ request }) => request.code)
    expect(codes.sort((one, other) => one - other)).to.deep.equal([
      100, 101, 102, 103, 104, 105, 106, 205, 206, 216, 217, 219, 224, 304, 311, 312, 313, 318, 319, 322, 327, 901, 904
    ])
  })

  it('forgets a broker at once when its connection is closed', async () => {
    const server = await testNamesrv()
    const broker = await server.client()
    const client = await server.client()
    await server.register(broker)
    expect((await client.ask(105, { topic: 'T' })).code).to.equal(0)
    broker.destroy()
    await eventually(async () => (await client.ask(105, { topic: 'T' })).code === 17, 'the route is gone')
    expect(server.namesrv.brokerCount).to.equal(0)
    await server.stop()
  })

  it('forgets a silent broker after 120 s, within the 5 s of its search, and closes its connection', async () => {
    const clock = manualClock()
    const dir = tempDir()
    const values = { ...defaultOptions(namesrvOptionRows), listenPort: 0, serverChannelMaxIdleTimeSeconds: 3600 }
    const namesrv = await startNamesrv({ values, dataDir: dir.path }, { clock, log: silentLog() })
    const broker = await RawClient.connect(namesrv.address.port)
    await broker.ask(103, brokerFields, registrationBody())
    for (let s = 0; s < 119; s++) clock.advance(1000)
    await broker.ask(904, { ...brokerFields })
    for (let s = 0; s < 120; s++) clock.advance(1000)
    expect(namesrv.brokerCount).to.equal(1)
    for (let s = 0; s < 5; s++) clock.advance(1000)
    expect(namesrv.brokerCount).to.equal(0)
    await broker.closed
    await namesrv.close()
    dir.remove()
  })

  it('several share nothing: each knows what was registered with it', async () => {
    const [one, two] = [await testNamesrv(), await testNamesrv()]
    await one.register(await one.client())
    expect([one.namesrv.brokerCount, two.namesrv.brokerCount]).to.deep.equal([1, 0])
    expect((await (await two.client()).ask(105, { topic: 'T' })).code).to.equal(17)
    await Promise.all([one.stop(), two.stop()])
  })

  it('two on one port: the second says so', async () => {
    const one = await testNamesrv()
    const { port } = one.namesrv.address
    const error = await testNamesrv({ values: { listenPort: port } }).catch((thrown: unknown) => thrown)
    expect(error).to.have.property('code', 'MQ_PORT_IN_USE')
    await one.stop()
  })

  it('tells a gRPC client whose port this is', async () => {
    const server = await testNamesrv()
    const client = await server.client()
    client.write(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))
    await client.closed
    expect(server.log.lines.map(line => line.message).join()).to.contain('this is the NameServer')
    await server.stop()
  })

  it('outlives a registration storm of 100 brokers that come and go', async () => {
    const server = await testNamesrv()
    const client = await server.client()
    for (let round = 0; round < 3; round++) {
      const brokers = await Promise.all(
        Array.from({ length: 100 }, async (_, i) => {
          const broker = await server.client()
          const fields = { brokerName: `b${i}`, brokerAddr: `192.0.2.7:${1000 + i}` }
          expect((await server.register(broker, { fields })).code).to.equal(0)
          return broker
        })
      )
      expect(server.namesrv.brokerCount).to.equal(100)
      const route = JSON.parse(String((await client.ask(105, { topic: 'T' })).body))
      expect(route.brokerDatas).to.have.length(100)
      for (const broker of brokers) broker.destroy()
      await eventually(() => server.namesrv.brokerCount === 0, 'all are gone')
    }
    expect(server.namesrv.topicCount).to.equal(0)
    await eventually(() => server.namesrv.connectionCount === 1, 'only the client is left')
    await server.stop()
  })
})
