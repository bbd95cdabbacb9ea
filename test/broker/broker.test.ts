import { expect } from 'chai'
import { startBroker } from '../../src/broker/broker.ts'
import type { BrokerOptions } from '../../src/broker/options.ts'
import { systemClock } from '../../src/kit/clock.ts'
import type { MqError } from '../../src/kit/errors.ts'
import { decodeMessages } from '../../src/protocol/message.ts'
import { pullMessage } from '../../src/protocol/requests/pull-message.ts'
import { request } from '../../src/protocol/requests/request.ts'
import { consumer, openTestBroker, settingsOf, type TestBroker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { silentLog } from '../support/silent-log.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('broker', () => {
  const closing: (() => unknown)[] = []

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  const open = async (options: Partial<BrokerOptions> = {}): Promise<TestBroker> => {
    const broker = await openTestBroker({ options })
    closing.push(() => broker.close())
    return broker
  }
  /** The error that a start ends with; its directory is the given one. */
  const refusal = async (options: Partial<BrokerOptions>): Promise<MqError> => {
    const dir = tempDir()
    closing.push(() => dir.remove())
    const settings = settingsOf({ listenPort: 0, storePathRootDir: dir.path, ...options })
    try {
      const broker = await startBroker(settings, { clock: systemClock, log: silentLog(), random: () => 0.5 })
      await broker.stop()
    } catch (error) {
      return error as MqError
    }
    throw new Error('the broker started')
  }
  const pull = (group: string, topic: string, offset: number, suspendMs = 0) => ({
    consumerGroup: group,
    topic,
    queueId: 0,
    queueOffset: offset,
    maxMsgNums: 32,
    sysFlag: suspendMs > 0 ? 6 : 4,
    commitOffset: 0,
    suspendTimeoutMillis: suspendMs,
    subscription: '*',
    subVersion: 1
  })

  it('keeps messages, topics and groups over a restart', async () => {
    const broker = await open()
    await broker.makeTopic('T', 1)
    for (let n = 0; n < 5; n++) expect(await broker.send('T', `m${n}`)).to.equal(n)
    await broker.restart()
    await broker.beat({ clientID: 'c', consumers: [consumer('G', ['T'])] })
    const answer = await broker.ask(pullMessage, pull('G', 'T', 0))
    expect(answer.code).to.equal(0)
    expect(decodeMessages(answer.body).map(({ body }) => body.toString())).to.deep.equal(
      Array.from({ length: 5 }, (_, n) => `m${n}`)
    )
    expect(await broker.send('T', 'next')).to.equal(5)
  })

  it('answers held pulls when it stops', async () => {
    const broker = await open()
    await broker.makeTopic('T', 1)
    await broker.send('T', 'm')
    await broker.beat({ clientID: 'c', consumers: [consumer('G', ['T'])] })
    const held = broker.ask(pullMessage, pull('G', 'T', 1, 60_000))
    await eventually(() => broker.broker.stats().heldPulls === 1, 'the pull is held')
    const began = performance.now()
    await broker.broker.stop()
    expect((await held).code).to.equal(19)
    expect(performance.now() - began).to.be.below(3000)
  })

  it('stops once, however often it is told to', async () => {
    const broker = await open()
    const all = [broker.broker.stop(), broker.broker.stop()]
    await Promise.all(all)
    expect(broker.log.lines.filter(line => line.message === 'the broker has stopped')).to.have.length(1)
    expect(broker.log.lines.filter(line => line.level === 'error')).to.deep.equal([])
  })

  it('answers unknown requests with code 3', async () => {
    const broker = await open()
    const unknown = request({ name: 'NONE', code: 9999, access: 'none', header: {}, reply: {} })
    const answer = await broker.ask(unknown, {})
    expect([answer.code, answer.remark]).to.deep.equal([3, ' request type 9999 not supported'])
  })

  it('refuses roles that need replication, in one sentence', async () => {
    for (const options of [{ brokerRole: 'SLAVE' }, { brokerRole: 'SYNC_MASTER' }, { brokerId: 1 }] as const) {
      const { code, message } = await refusal(options)
      expect(code).to.equal('MQ_NOT_SUPPORTED')
      expect(message).to.include('needs replication').and.not.include('\n')
    }
  })

  it('refuses to listen for others unless that is asked for, and then says so at each start', async () => {
    const { code, message, suggestions } = await refusal({ bindAddress: '0.0.0.0' })
    expect(code).to.equal('MQ_CONFIG_INVALID')
    expect(message).to.include('0.0.0.0 is not a loopback address')
    expect(suggestions.join()).to.include('--insecure')
    const broker = await open({ bindAddress: '0.0.0.0', insecure: true })
    const warnings = () => broker.log.lines.filter(line => line.message.includes('without access control')).length
    expect(warnings()).to.equal(1)
    expect(broker.broker.identity.advertised.host).not.to.equal('0.0.0.0')
    await broker.restart()
    expect(warnings()).to.equal(2)
  })

  it('refuses wrong advertise rules before anything is opened', async () => {
    expect((await refusal({ advertise: 'nonsense' })).code).to.equal('MQ_CONFIG_INVALID')
  })

  it('closes what it had opened when it cannot start', async () => {
    const broker = await open()
    const dir = tempDir()
    closing.push(() => dir.remove())
    const { port } = broker.broker.address
    const taken = await refusal({ listenPort: port, storePathRootDir: dir.path })
    expect(taken.code).to.equal('MQ_PORT_IN_USE')
    const settings = settingsOf({ listenPort: 0, storePathRootDir: dir.path })
    const second = await startBroker(settings, { clock: systemClock, log: silentLog(), random: () => 0.5 })
    await second.stop()
  })

  it('refuses a directory that another broker uses', async () => {
    const broker = await open()
    const { storePathRootDir } = broker.broker.options
    expect((await refusal({ storePathRootDir })).code).to.equal('MQ_STORE_LOCKED')
  })

  it('is told by its address, and carries it in message ids', async () => {
    const broker = await open({ brokerIP1: '192.0.2.7' })
    expect(broker.broker.identity.advertised).to.deep.equal({ host: '192.0.2.7', port: broker.broker.address.port })
    expect(broker.broker.address.host).to.equal('127.0.0.1')
  })
})
