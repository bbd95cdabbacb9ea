import { expect } from 'chai'
import { cluster, hasEscapes, mq } from '../../support/mq.ts'

const long = 'a'.repeat(120)

describe('mq topic list', () => {
  const dev = cluster()

  before(async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '2'])
    await dev().run(['topic', 'create', long])
  })

  it('lists topics of people, and all on request', async () => {
    const { stdout } = await dev().run(['topic', 'list', '--json'])
    const list = JSON.parse(stdout)
    expect(Object.keys(list)).to.deep.equal(['items', 'truncated', 'next', 'warnings'])
    expect(list.items.map((item: { topic: string }) => item.topic)).to.deep.equal([long, 'orders'])
    expect(list.items[1]).to.deep.equal({
      topic: 'orders',
      type: 'NORMAL',
      brokers: ['broker-a'],
      readQueueNums: 2,
      writeQueueNums: 2,
      perm: 'RW'
    })
    const all = JSON.parse((await dev().run(['topic', 'list', '--all', '--json'])).stdout)
    expect(all.items.map((item: { topic: string }) => item.topic)).to.include.members(['TBW102', 'broker-a', 'orders'])
  })

  it('neither colours nor cuts off a terminal', async () => {
    const { stdout, stderr } = await dev().run(['topic', 'list'], { env: { COLUMNS: '40' } })
    expect(stdout).to.contain(long)
    expect(hasEscapes(stdout)).to.equal(false)
    expect(stderr).to.equal('')
  })

  it('filters by name and type', async () => {
    const byName = JSON.parse((await dev().run(['topic', 'list', '--match', 'ord.*', '--json'])).stdout)
    expect(byName.items).to.have.length(1)
    const systems = JSON.parse((await dev().run(['topic', 'list', '--type', 'SYSTEM', '--json'])).stdout)
    expect(systems.items.length).to.be.greaterThan(5)
    expect((await dev().run(['topic', 'list', '--match', '('])).code).to.equal(2)
  })

  it('tells a script why it failed, as JSON', async () => {
    const { code, stdout } = await mq(['topic', 'list', '-n', '127.0.0.1:1', '--json'])
    expect(code).to.equal(7)
    expect(JSON.parse(stdout)).to.include({ errorCode: 'MQ_CONNECT_FAILED', exitCode: 7, retryable: true })
    const usage = await mq(['topic', 'list', '--jsn'])
    expect(usage.code).to.equal(2)
    expect(usage.stderr).to.contain('did you mean --json?')
  })

  it('says that there is no broker, when a NameServer has none', async () => {
    const { code, stderr } = await dev().run(['topic', 'route', 'nowhere'])
    expect(code).to.equal(4)
    expect(stderr).to.match(/^Error: the topic nowhere does not exist\nTry this: /)
  })
})
