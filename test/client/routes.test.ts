/** What a client knows of routes while NameServers are away, come back, and say something else. */
import { expect } from 'chai'
import { Routes, readableQueues } from '../../src/client/routes.ts'
import { Session } from '../../src/client/session.ts'
import { eventually } from '../support/eventually.ts'
import { manualClock } from '../support/manual-clock.ts'
import { type TestNamesrv, testNamesrv, topicConfig } from '../support/namesrv.ts'
import { silentLog } from '../support/silent-log.ts'

describe('routes of a client', () => {
  let server: TestNamesrv
  let session: Session
  let clock: ReturnType<typeof manualClock>
  let log: ReturnType<typeof silentLog>

  beforeEach(async () => {
    server = await testNamesrv()
    clock = manualClock()
    log = silentLog()
    const namesrv = [`127.0.0.1:${server.namesrv.address.port}`]
    session = new Session({ namesrv, timeoutMs: 2000, clock, log })
  })
  afterEach(async () => {
    await session.close()
    await server.stop()
  })

  const queues = async (routes: Routes): Promise<number> => {
    const route = await routes.find('T')
    return route === undefined ? 0 : readableQueues('T', route).length
  }
  const topics = (readQueueNums: number) => [topicConfig('any'), topicConfig('T', { readQueueNums })]

  it('are used on when every NameServer is gone, and renewed in the background', async () => {
    const broker = await server.client()
    await server.register(broker, { topics: topics(4) })
    expect(await queues(session.routes)).to.equal(4)
    await server.register(broker, { topics: topics(8), counter: 2 })
    clock.advance(29_999)
    expect(await queues(session.routes), 'still fresh').to.equal(4)
    clock.advance(1)
    expect(await queues(session.routes), 'answered at once').to.equal(4)
    await eventually(async () => (await queues(session.routes)) === 8, 'the new route')
    await server.stop()
    for (let minute = 0; minute < 30; minute++) {
      clock.advance(60_000)
      expect(await queues(session.routes)).to.equal(8)
    }
    await eventually(() => log.lines.length > 0, 'a word about it')
    expect(log.lines[0]).to.include({ level: 'warn' })
    expect(await session.routes.find('T', { fresh: true }).catch(error => error.code)).to.equal('MQ_CONNECT_FAILED')
  })

  it('are kept while a NameServer that was just started knows nothing, and are gone when it stays so', async () => {
    const broker = await server.client()
    await server.register(broker, { topics: topics(4) })
    expect(await queues(session.routes)).to.equal(4)
    broker.destroy()
    // The broker's connection has ended: the NameServer knows the topic no more.
    await eventually(async () => (await session.routes.topicNames()).length === 0, 'a NameServer without brokers')
    clock.advance(31_000)
    for (let at = 0; at < 5; at++) expect(await queues(session.routes)).to.equal(4)
    // One connection, one order: when this is answered, the question of the renewal was.
    await session.routes.topicNames()
    clock.advance(100_000)
    await eventually(async () => (await queues(session.routes)) === 0, 'the topic to be forgotten')
  })

  it('a hundred who want to know at once ask once', async () => {
    await server.register(await server.client(), { topics: topics(4) })
    let asked = 0
    const counting = new Routes(
      Object.assign(Object.create(session.remoting), {
        invoke: (...args: Parameters<typeof session.remoting.invoke>) => {
          asked++
          return session.remoting.invoke(...args)
        }
      }),
      session.settings
    )
    await Promise.all(Array.from({ length: 100 }, () => counting.find('T')))
    expect(asked).to.equal(1)
  })
})
