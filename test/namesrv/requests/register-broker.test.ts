import { deflateSync } from 'node:zlib'
import { expect } from 'chai'
import { brokerFields, registrationBody, topicConfig, withNamesrv } from '../../support/namesrv.ts'

describe('REGISTER_BROKER', () => {
  const at = withNamesrv()

  const routeOf = async (topic: string) => {
    const answer = await at.client.ask(105, { topic })
    return answer.code === 0 ? JSON.parse(String(answer.body)) : answer.code
  }

  it('makes the broker and its topics known, and answers with an empty header', async () => {
    const answer = await at.server.register(at.broker, { counter: 2 })
    expect([answer.code, answer.remark, [...answer.fields], answer.body.length]).to.deep.equal([0, '', [], 0])
    expect((await routeOf('T')).brokerDatas).to.deep.equal([
      {
        brokerAddrs: { '0': brokerFields.brokerAddr },
        brokerName: 'broker-a',
        cluster: 'DefaultCluster',
        enableActingMaster: false
      }
    ])
    expect(at.server.namesrv.brokerCount).to.equal(1)
  })

  it('tells the ordered topics, which brokers keep', async () => {
    await at.client.ask(100, { namespace: 'ORDER_TOPIC_CONFIG', key: 'T', value: 'broker-a:4' })
    expect(String((await at.server.register(at.broker)).body)).to.equal('{"table":{"T":"broker-a:4"}}')
  })

  it('takes topics only when their version has changed, or when they are new', async () => {
    await at.server.register(at.broker, { topics: [topicConfig('T', { perm: 4 }), topicConfig('U')], counter: 1 })
    expect((await routeOf('T')).queueDatas[0].perm).to.equal(6)
    expect((await routeOf('U')).queueDatas[0].perm).to.equal(6)
    await at.server.register(at.broker, { topics: [topicConfig('T', { perm: 4 }), topicConfig('U')], counter: 2 })
    expect((await routeOf('T')).queueDatas[0].perm).to.equal(4)
  })

  it('tells a slave its master, and takes no topics from it', async () => {
    const slave = await at.server.client()
    const fields = { brokerId: 1, brokerAddr: '192.0.2.8:10911', haServerAddr: '192.0.2.8:10912' }
    const answer = await at.server.register(slave, { topics: [topicConfig('S1'), topicConfig('S2')], fields })
    expect(Object.fromEntries(answer.fields)).to.deep.equal({
      haServerAddr: brokerFields.haServerAddr,
      masterAddr: brokerFields.brokerAddr
    })
    expect(await routeOf('S1')).to.equal(17)
    expect((await routeOf('T')).brokerDatas[0].brokerAddrs).to.deep.equal({
      '0': brokerFields.brokerAddr,
      '1': '192.0.2.8:10911'
    })
  })

  it('refuses a first registration with exactly one topic, as Apache does', async () => {
    const other = await at.server.client()
    const fields = { brokerName: 'broker-b', brokerAddr: '192.0.2.9:10911' }
    const answer = await at.server.register(other, { topics: [topicConfig('X')], fields })
    expect(answer).to.include({ code: 1, remark: 'register broker failed' })
    expect(await routeOf('X')).to.equal(17)
    expect(String((await at.client.ask(106, {})).body)).not.to.contain('broker-b')
    expect((await at.server.register(at.broker, { topics: [topicConfig('X')], counter: 9 })).code).to.equal(0)
  })

  it('checks the checksum of the body', async () => {
    const answer = await at.broker.ask(103, { ...brokerFields, bodyCrc32: 12_345 }, registrationBody())
    expect(answer).to.include({ code: 1, remark: 'crc32 not match' })
  })

  it('reads no body as no topics', async () => {
    const other = await at.server.client()
    const fields = { ...brokerFields, brokerName: 'broker-b', brokerAddr: '192.0.2.9:10911' }
    expect((await other.ask(103, fields)).code).to.equal(0)
    expect(at.server.namesrv.brokerCount).to.equal(2)
  })

  it('answers a body that is no registration with an error, and stays as it was', async () => {
    const bodies = ['{', '[]', '{"topicConfigSerializeWrapper":{"topicConfigTable":{"T":7}}}', 'null']
    for (const body of bodies) {
      const answer = await at.broker.ask(103, { ...brokerFields }, Buffer.from(body))
      expect(answer.code, body).to.equal(1)
    }
    expect((await routeOf('T')).queueDatas).to.have.length(1)
  })

  it('inflates no more than 16 MiB of a compressed body', async () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024))
    const answer = await at.broker.ask(103, { ...brokerFields, compressed: true }, bomb)
    expect(answer.code).to.equal(1)
    expect((await routeOf('T')).queueDatas).to.have.length(1)
  })
})
