import { expect } from 'chai'
import { systemClock } from '../../../src/kit/clock.ts'
import { defaultOptions } from '../../../src/kit/options.ts'
import type { Namesrv } from '../../../src/namesrv/namesrv.ts'
import { startNamesrv } from '../../../src/namesrv/namesrv.ts'
import { namesrvOptionRows } from '../../../src/namesrv/options.ts'
import { readRegisterBrokerBody } from '../../../src/protocol/bodies/register-broker-body.ts'
import { readBody } from '../../../src/protocol/bodies/shape.ts'
import { topicRouteDataShape } from '../../../src/protocol/bodies/topic-route.ts'
import { emptyBody } from '../../../src/protocol/command.ts'
import { deleteTopicInBroker } from '../../../src/protocol/requests/delete-topic-in-broker.ts'
import { getRouteInfoByTopic } from '../../../src/protocol/requests/get-route-info-by-topic.ts'
import { registerBroker } from '../../../src/protocol/requests/register-broker.ts'
import { updateBrokerConfig } from '../../../src/protocol/requests/update-broker-config.ts'
import { type RemotingClient, remotingClient } from '../../../src/remoting/client.ts'
import { route, router } from '../../../src/remoting/router.ts'
import { listen, type RemotingServer } from '../../../src/remoting/server.ts'
import { openTestBroker, type TestBroker } from '../../support/broker.ts'
import { eventually } from '../../support/eventually.ts'
import { silentLog } from '../../support/silent-log.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'

describe('registration', () => {
  let asker: RemotingClient
  const closing: (() => unknown)[] = []

  beforeEach(() => {
    asker = remotingClient({ clock: systemClock, log: silentLog() })
    closing.push(() => asker.close())
  })

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  const namesrvAt = (dir: TempDir, listenPort = 0): Promise<Namesrv> => {
    const values = { ...defaultOptions(namesrvOptionRows), listenPort }
    return startNamesrv({ values, dataDir: dir.path }, { clock: systemClock, log: silentLog() })
  }
  const namesrv = async (): Promise<Namesrv> => {
    const dir = tempDir()
    const started = await namesrvAt(dir)
    closing.push(async () => {
      await started.close()
      dir.remove()
    })
    return started
  }
  /** A server that takes registrations and answers none while `state.answer` is false. */
  const mute = async (): Promise<{ server: RemotingServer; state: { answer: boolean } }> => {
    const state = { answer: false }
    const take = route(registerBroker, () => (state.answer ? {} : undefined))
    const server = await listen({
      host: '127.0.0.1',
      port: 0,
      router: router([take]),
      clock: systemClock,
      log: silentLog()
    })
    closing.push(() => server.close())
    return { server, state }
  }
  const addressOf = ({ address }: { readonly address: { host: string; port: number } }): string =>
    `${address.host}:${address.port}`
  const broker = async (namesrvAddr: string): Promise<TestBroker> => {
    const started = await openTestBroker({ options: { namesrvAddr } })
    closing.push(() => started.close())
    return started
  }
  const routeOf = async (server: string, topic: string) => {
    const answer = await asker.invoke(server, getRouteInfoByTopic, { topic }, emptyBody, 5000)
    return answer.code === 0 ? readBody(topicRouteDataShape, answer.body) : undefined
  }
  const took = async (act: () => Promise<unknown>): Promise<number> => {
    const began = performance.now()
    await act()
    return performance.now() - began
  }

  it('shows the broker and its topics on every NameServer once it has started', async () => {
    const [one, two] = [await namesrv(), await namesrv()]
    const started = await broker(`${addressOf(one)};${addressOf(two)}`)
    expect(started.broker.ready).to.equal(true)
    for (const server of [one, two]) {
      const found = await routeOf(addressOf(server), 'TBW102')
      expect(found?.brokerDatas[0]).to.deep.include({ brokerName: 'broker-a', cluster: 'DefaultCluster' })
      expect([...found!.brokerDatas[0]!.brokerAddrs]).to.deep.equal([[0, started.address]])
      expect(server.topicCount).to.equal(15)
    }
  })

  it('answers a topic change when its route is visible', async () => {
    const [one, two] = [await namesrv(), await namesrv()]
    const started = await broker(`${addressOf(one)};${addressOf(two)}`)
    await Promise.all(Array.from({ length: 20 }, (_, n) => started.makeTopic(`T${n}`, 3)))
    for (const server of [one, two]) {
      for (let n = 0; n < 20; n++) {
        const found = await routeOf(addressOf(server), `T${n}`)
        expect(found?.queueDatas[0]).to.deep.include({ readQueueNums: 3, writeQueueNums: 3, perm: 6 })
      }
    }
  })

  it('is not delayed by NameServers that are dead or mute', async () => {
    const alive = await namesrv()
    const { server: silent } = await mute()
    const { server: dead } = await mute()
    const deadAddress = addressOf(dead)
    await dead.close()
    let started: TestBroker | undefined
    const startMs = await took(async () => {
      started = await broker(`${deadAddress};${addressOf(silent)};${addressOf(alive)}`)
    })
    expect(startMs).to.be.below(2500)
    expect(await took(() => started!.makeTopic('T1'))).to.be.below(500)
    expect(await routeOf(addressOf(alive), 'T1')).not.to.equal(undefined)
  })

  it('tells all topics first, then only those that changed', async () => {
    const told: string[][] = []
    const take = route(registerBroker, async ({ compressed }, { body }) => {
      const { topicConfigSerializeWrapper } = await readRegisterBrokerBody(body, compressed === true, 513)
      told.push([...topicConfigSerializeWrapper.topicConfigTable.keys()])
      return {}
    })
    const server = await listen({
      host: '127.0.0.1',
      port: 0,
      router: router([take]),
      clock: systemClock,
      log: silentLog()
    })
    closing.push(() => server.close())
    const started = await broker(addressOf(server))
    await started.makeTopic('T1')
    await started.makeTopic('T2')
    await started.ask(deleteTopicInBroker, { topic: 'T1' })
    await started.ask(updateBrokerConfig, {}, Buffer.from('brokerPermission=4'))
    expect(told.map(names => names.length)).to.deep.equal([15, 1, 1, 0, 16])
    expect([told[1], told[2]]).to.deep.equal([['T1'], ['T2']])
  })

  it('waits once for a NameServer that falls silent', async function () {
    this.timeout(15_000)
    const [alive, { server: silent, state }] = [await namesrv(), await mute()]
    state.answer = true
    const started = await broker(`${addressOf(alive)};${addressOf(silent)}`)
    state.answer = false
    expect(await took(() => started.makeTopic('T1'))).to.be.within(2900, 4500)
    expect(await took(() => started.makeTopic('T2'))).to.be.below(500)
  })

  it('comes back by itself to a NameServer that was restarted', async () => {
    const dir = tempDir()
    closing.push(() => dir.remove())
    const first = await namesrvAt(dir)
    const started = await broker(addressOf(first))
    const { port } = first.address
    await first.close()
    await eventually(() => started.broker.unready !== undefined, 'the loss is noticed')
    expect(started.broker.unready).to.include(`127.0.0.1:${port}`)
    const second = await namesrvAt(dir, port)
    closing.push(() => second.close())
    await eventually(() => second.brokerCount === 1 && started.broker.ready, 'the broker is registered again')
    expect(second.topicCount).to.equal(15)
  })

  it('takes the broker out of the routes when it stops', async () => {
    const server = await namesrv()
    const started = await broker(addressOf(server))
    expect(server.brokerCount).to.equal(1)
    await started.broker.stop()
    expect(server.brokerCount).to.equal(0)
    expect(started.broker.unready).to.equal('the broker is stopping')
  })

  it('shows a changed broker permission in the routes of its topics', async () => {
    const server = await namesrv()
    const started = await broker(addressOf(server))
    await started.makeTopic('T1')
    await started.ask(updateBrokerConfig, {}, Buffer.from('brokerPermission=4'))
    expect((await routeOf(addressOf(server), 'T1'))?.queueDatas[0]?.perm).to.equal(4)
    await started.ask(updateBrokerConfig, {}, Buffer.from('brokerPermission=6'))
    expect((await routeOf(addressOf(server), 'T1'))?.queueDatas[0]?.perm).to.equal(6)
  })
})
