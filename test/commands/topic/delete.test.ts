import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq topic delete', () => {
  const dev = cluster()

  it('asks for a confirmation where nobody can be asked', async () => {
    await dev().run(['topic', 'create', 'orders'])
    const asked = await dev().run(['topic', 'delete', 'orders'])
    expect(asked.code).to.equal(11)
    expect(asked.stderr).to.contain('--confirm orders')
    const wrong = await dev().run(['topic', 'delete', 'orders', '--confirm', 'order'])
    expect(wrong.code).to.equal(11)
    expect((await dev().run(['topic', 'route', 'orders'])).code).to.equal(0)
  })

  it('deletes on brokers and NameServers', async () => {
    await dev().run(['topic', 'create', 'gone'])
    const done = await dev().run(['topic', 'delete', 'gone', '--confirm', 'gone', '--json'])
    expect(JSON.parse(done.stdout)).to.deep.equal({
      topic: 'gone',
      dryRun: false,
      brokers: [{ brokerName: 'broker-a', outcome: 'done' }]
    })
    expect((await dev().run(['topic', 'route', 'gone'])).code).to.equal(4)
    expect((await dev().run(['topic', 'delete', 'gone', '--yes'])).code).to.equal(4)
  })
})
