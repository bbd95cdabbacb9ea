import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq topic route', () => {
  const dev = cluster()

  it('gives the addresses that clients are given', async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '2'])
    const { stdout } = await dev().run(['topic', 'route', 'orders', '--json'])
    expect(JSON.parse(stdout).items).to.deep.equal([
      {
        brokerName: 'broker-a',
        cluster: 'DefaultCluster',
        addresses: { 0: dev().broker },
        readQueueNums: 2,
        writeQueueNums: 2,
        perm: 'RW'
      }
    ])
    const lines = (await dev().run(['topic', 'route', 'orders'])).stdout.split('\n')
    expect(lines[1]).to.match(/^broker-a +0 +127\.0\.0\.1:\d+ +DefaultCluster +2 +2 +RW$/)
  })

  it('exits with 4 for a topic that is not there', async () => {
    const { code, stdout } = await dev().run(['topic', 'route', 'nowhere', '--json'])
    expect(code).to.equal(4)
    expect(JSON.parse(stdout).errorCode).to.equal('MQ_TOPIC_NOT_FOUND')
  })
})
