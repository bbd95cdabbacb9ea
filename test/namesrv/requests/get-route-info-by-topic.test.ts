import { networkInterfaces } from 'node:os'
import { expect } from 'chai'
import { emptyBody } from '../../../src/protocol/command.ts'
import { writeAdvertised } from '../../../src/remoting/advertise.ts'
import { brokerFields, testNamesrv, withNamesrv } from '../../support/namesrv.ts'
import { frameOf, jsonHeader } from '../../support/raw-client.ts'

const quoted =
  '{"brokerDatas":[{"brokerAddrs":{"0":"192.0.2.7:10911"},"brokerName":"broker-a","cluster":"DefaultCluster",' +
  '"enableActingMaster":false}],"filterServerTable":{},"queueDatas":[{"brokerName":"broker-a","perm":7,' +
  '"readQueueNums":4,"topicSysFlag":0,"writeQueueNums":4}]}'

describe('GET_ROUTEINFO_BY_TOPIC', () => {
  const at = withNamesrv()

  const bodyFor = async (version: number, fields: Record<string, string> = {}): Promise<string> => {
    const answer = at.client.answerTo(70_000)
    const header = jsonHeader(105, { topic: 'TBW102', ...fields }, { opaque: 70_000, version })
    at.client.write(frameOf(header, emptyBody))
    return String((await answer).body)
  }

  it('answers queues and addresses, in standard JSON to peers from 4.9.4 on', async () => {
    expect(await bodyFor(401)).to.equal(quoted)
    expect(await bodyFor(513)).to.equal(quoted)
  })

  it('answers older peers with bare broker ids, unless they ask for standard JSON', async () => {
    expect(await bodyFor(399)).to.equal(quoted.replace('"0"', '0'))
    expect(await bodyFor(399, { acceptStandardJsonOnly: 'true' })).to.equal(quoted)
  })

  it('answers an unknown topic with 17 and the words that clients look for', async () => {
    const answer = await at.client.ask(105, { topic: 'constructor' })
    expect(answer.code).to.equal(17)
    expect(answer.remark).to.equal(
      'No topic route info in name server for the topic: constructor\n' +
        'See https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.'
    )
    expect(answer.body.length).to.equal(0)
  })

  it('tells the order configuration only where that is on', async () => {
    await at.client.ask(100, { namespace: 'ORDER_TOPIC_CONFIG', key: 'TBW102', value: 'broker-a:4' })
    expect(await bodyFor(513)).to.equal(quoted)
    await at.client.ask(318, {}, Buffer.from('orderMessageEnable=true'))
    expect(JSON.parse(await bodyFor(513)).orderTopicConf).to.equal('broker-a:4')
  })

  it('escapes everything beyond ASCII in standard JSON', async () => {
    await at.client.ask(100, { namespace: 'ORDER_TOPIC_CONFIG', key: 'TBW102', value: 'ä:4' })
    await at.client.ask(318, {}, Buffer.from('orderMessageEnable=true'))
    expect(await bodyFor(513)).to.contain('"orderTopicConf":"\\u00E4:4"')
    expect(await bodyFor(399)).to.contain('"orderTopicConf":"ä:4"')
  })

  it('while the NameServer waits for its brokers, answers that it is not ready', async () => {
    await at.client.ask(318, {}, Buffer.from('needWaitForService=true'))
    expect(await at.client.ask(105, { topic: 'T' })).to.include({ code: 1, remark: 'name server not ready' })
    await at.client.ask(318, {}, Buffer.from('waitSecondsForService=0'))
    expect((await at.client.ask(105, { topic: 'T' })).code).to.equal(0)
  })
})

describe('GET_ROUTEINFO_BY_TOPIC fits the asker', () => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find(entry => entry !== undefined && !entry.internal && entry.family === 'IPv4')?.address

  const told = async (advertised: string | undefined, askFrom: string): Promise<string> => {
    const server = await testNamesrv({ values: { bindAddress: '0.0.0.0' } })
    const broker = await server.client()
    await server.register(broker, { fields: advertised === undefined ? {} : { mqAdvertise: advertised } })
    const client = await server.client(askFrom)
    const answer = await client.ask(105, { topic: 'T' })
    await server.stop()
    return JSON.parse(String(answer.body)).brokerDatas[0].brokerAddrs['0']
  }

  const listens = (...listeners: string[]): string => writeAdvertised({ rules: [], listeners, fixed: false })

  it('a broker of Apache: as registered, whoever asks', async () => {
    expect(await told(undefined, '127.0.0.1')).to.equal(brokerFields.brokerAddr)
  })

  it('over loopback: loopback', async () => {
    expect(await told(listens('0.0.0.0:10911'), '127.0.0.1')).to.equal('127.0.0.1:10911')
  })

  it('over another address of this machine: that one', async function () {
    if (own === undefined) return this.skip()
    expect(await told(listens('0.0.0.0:10911'), own)).to.equal(`${own}:10911`)
    expect(await told(listens('127.0.0.1:10911'), own)).to.equal(brokerFields.brokerAddr)
  })

  it('a rule of the operator: what it says', async () => {
    const rules = [{ clients: '127.0.0.0/8', address: 'mapped.example:31000' }]
    const advertised = writeAdvertised({ rules, listeners: ['0.0.0.0:10911'], fixed: false })
    expect(await told(advertised, '127.0.0.1')).to.equal('mapped.example:31000')
  })

  it('rules that cannot be read: as registered', async () => {
    expect(await told('{"rules":', '127.0.0.1')).to.equal(brokerFields.brokerAddr)
  })
})
