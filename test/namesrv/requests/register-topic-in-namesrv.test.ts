import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

const body = (brokerName: string): Buffer =>
  Buffer.from(
    `{"brokerDatas":[],"filterServerTable":{},"queueDatas":[{"brokerName":"${brokerName}","perm":6,` +
      '"readQueueNums":3,"topicSysFlag":0,"writeQueueNums":2}]}'
  )

describe('REGISTER_TOPIC_IN_NAMESRV', () => {
  const at = withNamesrv()

  it('adds one topic of a broker that is known', async () => {
    expect((await at.broker.ask(217, { topic: 'Single' }, body('broker-a'))).code).to.equal(0)
    const route = JSON.parse(String((await at.client.ask(105, { topic: 'Single' })).body))
    expect(route.queueDatas).to.deep.equal([
      { brokerName: 'broker-a', perm: 6, readQueueNums: 3, topicSysFlag: 0, writeQueueNums: 2 }
    ])
  })

  it('adds nothing for one that is not, and for no body', async () => {
    expect((await at.broker.ask(217, { topic: 'Single' }, body('broker-z'))).code).to.equal(0)
    expect((await at.broker.ask(217, { topic: 'Single' })).code).to.equal(0)
    expect((await at.client.ask(105, { topic: 'Single' })).code).to.equal(17)
  })
})
