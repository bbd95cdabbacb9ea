import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq message query', () => {
  const dev = cluster()
  let sent: { messageId: string; offsetMessageId: string; brokerName: string; queueId: number; queueOffset: number }

  const found = async (...flags: string[]): Promise<{ body: string; messageId: string }[]> => {
    const { code, stdout, stderr } = await dev().run(['message', 'query', '--topic', 'orders', ...flags, '--json'])
    expect(code, stdout + stderr).to.equal(0)
    return JSON.parse(stdout).items
  }

  before(async () => {
    await dev().run(['topic', 'create', 'orders'])
    const { stdout } = await dev().run([
      'produce',
      'orders',
      'paid',
      '-k',
      'order-42',
      '-k',
      'eu',
      '-t',
      'paid',
      '--json'
    ])
    sent = JSON.parse(stdout)
    await dev().run(['produce', 'orders', '-k', 'order-43', '--count', '3', 'other'])
  })

  it('finds by each of the keys', async () => {
    for (const key of ['order-42', 'eu']) {
      const [first, ...more] = await found('--key', key)
      expect(first).to.include({ body: 'paid', messageId: sent.messageId, tags: 'paid', keys: 'order-42 eu' })
      expect(more).to.deep.equal([])
    }
    expect(await found('--key', 'order-43')).to.have.length(3)
  })

  it('says when there are more, and keeps to a time', async () => {
    const { stdout } = await dev().run([
      'message',
      'query',
      '--topic',
      'orders',
      '-k',
      'order-43',
      '--limit',
      '2',
      '--json'
    ])
    expect(JSON.parse(stdout)).to.deep.include({ truncated: true }).and.to.have.property('items').with.length(2)
    const early = await dev().run(['message', 'query', '--topic', 'orders', '-k', 'order-43', '--to', '-1h'])
    expect(early.code).to.equal(4)
  })

  it('finds by the id of the sender, and by that of the place', async () => {
    for (const id of [sent.messageId, sent.offsetMessageId]) {
      expect((await found('--id', id))[0]).to.include({ body: 'paid', messageId: sent.messageId })
    }
  })

  it('finds by broker, queue and offset', async () => {
    const place = `${sent.brokerName}/${sent.queueId}/${sent.queueOffset}`
    expect((await found('--offset', place))[0]).to.include({ body: 'paid' })
    const far = await dev().run(['message', 'query', '--topic', 'orders', '--offset', `${sent.brokerName}/0/999`])
    expect(far.code).to.equal(4)
    expect(far.stderr).to.contain('no message at 999')
  })

  it('shows a message to people', async () => {
    const { stdout } = await dev().run(['message', 'query', '--topic', 'orders', '--id', sent.messageId])
    expect(stdout)
      .to.contain(sent.messageId)
      .and.to.match(/^Tags +paid$/m)
      .and.to.match(/^Body +paid$/m)
  })

  it('exits with 2 without exactly one way to search, and for a wrong place', async () => {
    expect((await dev().run(['message', 'query', '--topic', 'orders'])).code).to.equal(2)
    expect((await dev().run(['message', 'query', '--topic', 'orders', '--key', 'a', '--id', 'b'])).code).to.equal(2)
    expect((await dev().run(['message', 'query', '--topic', 'orders', '--offset', 'broker-a/0'])).code).to.equal(2)
    expect((await dev().run(['message', 'query', '--key', 'a'])).code).to.equal(2)
  })

  it('exits with 4 when there is none', async () => {
    expect((await dev().run(['message', 'query', '--topic', 'orders', '--key', 'nothing'])).code).to.equal(4)
    const id = `${sent.messageId.slice(0, -4)}FFFF`
    expect((await dev().run(['message', 'query', '--topic', 'orders', '--id', id])).code).to.equal(4)
  })
})
