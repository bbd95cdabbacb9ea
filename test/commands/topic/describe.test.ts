import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq topic describe', () => {
  const dev = cluster()

  it('shows settings, offsets and groups', async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '2'])
    await dev().run(['produce', 'orders', '--queue', '1', '--count', '3', 'hello'])
    await dev().run(['consume', 'orders', '-g', 'billing', '-e'])
    const found = JSON.parse((await dev().run(['topic', 'describe', 'orders', '--json'])).stdout)
    expect(found).to.include({ topic: 'orders', type: 'NORMAL', messages: 3 })
    expect(found.groups).to.deep.equal(['billing'])
    expect(found.queues.map((queue: { maxOffset: number }) => queue.maxOffset)).to.deep.equal([0, 3])
    expect(Date.parse(found.queues[1].lastUpdate)).to.equal(found.queues[1].lastUpdateMs)
    const { stdout } = await dev().run(['topic', 'describe', 'orders'])
    expect(stdout)
      .to.match(/^broker-a\/1 +0 +3 +3 /m)
      .and.to.contain('Groups: billing')
  })

  it('exits with 4 for a topic that is not there, and names the one that was meant', async () => {
    await dev().run(['topic', 'create', 'invoices'])
    const { code, stderr, stdout } = await dev().run(['topic', 'describe', 'invoice'])
    expect(code).to.equal(4)
    expect(stdout).to.equal('')
    expect(stderr).to.contain('did you mean invoices?')
  })
})
