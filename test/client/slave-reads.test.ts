/** Reading where the last answer said: from a slave while the master is busy, back again, and from whom is left. */
import { expect } from 'chai'
import { LitePullConsumer } from '../../src/index.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { encodeHost } from '../../src/protocol/host-bytes.ts'
import { encodeMessage } from '../../src/protocol/message.ts'
import { getMinOffset } from '../../src/protocol/requests/get-min-offset.ts'
import { pullMessage } from '../../src/protocol/requests/pull-message.ts'
import { queryConsumerOffset } from '../../src/protocol/requests/query-consumer-offset.ts'
import { updateConsumerOffset } from '../../src/protocol/requests/update-consumer-offset.ts'
import { responseCodes } from '../../src/protocol/response-codes.ts'
import { route, router } from '../../src/remoting/router.ts'
import { listen, type RemotingServer } from '../../src/remoting/server.ts'
import { type TestNamesrv, testNamesrv, topicConfig } from '../support/namesrv.ts'
import { silentLog } from '../support/silent-log.ts'

const host = encodeHost('127.0.0.1', 10911)
const message = (queueOffset: number): Buffer =>
  encodeMessage(
    {
      topic: 'T',
      queueId: 0,
      flag: 0,
      sysFlag: 0,
      bornTimestamp: 1,
      bornHost: host,
      reconsumeTimes: 0,
      preparedTransactionOffset: 0,
      body: Buffer.from(String(queueOffset)),
      properties: Buffer.alloc(0)
    },
    queueOffset,
    queueOffset * 100,
    2,
    host
  )

describe('reads from slaves', () => {
  let server: TestNamesrv
  let consumer: LitePullConsumer
  const brokers: RemotingServer[] = []
  /** Who was asked for which offset. */
  let pulls: string[]
  /** Whom an answer to a pull at this offset suggests. */
  let suggest: (offset: number) => number

  const broker = async (name: string): Promise<RemotingServer> => {
    const answers = [
      route(pullMessage, ({ queueOffset }) => {
        pulls.push(`${name} ${queueOffset}`)
        const nextBeginOffset = queueOffset + 1
        const header = { suggestWhichBrokerId: suggest(queueOffset), nextBeginOffset, minOffset: 0, maxOffset: 1000 }
        return { header, body: message(queueOffset) }
      }),
      route(queryConsumerOffset, () => ({ code: responseCodes.QUERY_NOT_FOUND, remark: 'none yet' })),
      route(updateConsumerOffset, () => ({})),
      route(getMinOffset, () => ({ header: { offset: 0 } }))
    ]
    const settings = { host: '127.0.0.1', port: 0, router: router(answers), clock: systemClock, log: silentLog() }
    const listening = await listen({ ...settings, what: name })
    brokers.push(listening)
    return listening
  }
  const register = async (listening: RemotingServer, brokerId: number): Promise<void> => {
    const fields = { brokerId, brokerAddr: `127.0.0.1:${listening.address.port}` }
    // Of masters alone NameServers take topics.
    const topics = [topicConfig('any'), topicConfig('T', { readQueueNums: 1 })]
    await server.register(await server.client(), { topics, fields })
  }
  const open = async (): Promise<void> => {
    const namesrvAddr = `127.0.0.1:${server.namesrv.address.port}`
    consumer = await LitePullConsumer.open({ namesrvAddr, group: 'g', from: 'first', flow: { messagesMax: 1 } })
    await consumer.assign(await consumer.queuesOf('T'))
  }
  const take = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at++) expect(await consumer.poll({ timeoutMs: 5000 })).to.have.length(1)
  }

  beforeEach(async () => {
    pulls = []
    server = await testNamesrv()
  })
  afterEach(async () => {
    await consumer.close()
    await Promise.all(brokers.splice(0).map(entry => entry.close()))
    await server.stop()
  })

  it('go to the slave when the master says so, and back when the slave does', async () => {
    const [master, slave] = [await broker('master'), await broker('slave')]
    await register(master, 0)
    await register(slave, 1)
    suggest = offset => (offset < 2 || offset > 4 ? 0 : 1)
    await open()
    await take(7)
    expect(pulls.slice(0, 7)).to.deep.equal([
      'master 0',
      'master 1',
      'master 2',
      'slave 3',
      'slave 4',
      'slave 5',
      'master 6'
    ])
  })

  it('go back to the master when the slave does not answer', async () => {
    const [master, slave] = [await broker('master'), await broker('slave')]
    await register(master, 0)
    await register(slave, 1)
    suggest = offset => (offset === 1 ? 1 : 0)
    await open()
    await take(2)
    await slave.close()
    await take(2)
    expect(pulls).to.deep.equal(['master 0', 'master 1', 'master 2', 'master 3'])
  })

  it('go to a slave when the master is gone', async () => {
    const slave = await broker('slave')
    const master = await broker('master')
    await register(master, 0)
    await register(slave, 3)
    const goodbye = { brokerName: 'broker-a', brokerAddr: `127.0.0.1:${master.address.port}` }
    await (await server.client()).ask(104, { ...goodbye, clusterName: 'DefaultCluster', brokerId: 0 })
    await master.close()
    suggest = () => 0
    await open()
    await take(3)
    expect(pulls.slice(0, 3)).to.deep.equal(['slave 0', 'slave 1', 'slave 2'])
  })
})
