import { expect } from 'chai'
import { cluster } from '../support/mq.ts'

describe('mq api', () => {
  const dev = cluster()
  const api = (...args: string[]) => dev().run(['api', ...args, '--api', dev().http, '--timeout', '30s'])

  it('calls what there is, and follows pages', async () => {
    for (const topic of ['a', 'b', 'c']) await dev().run(['topic', 'create', topic])
    const { code, stdout, stderr } = await api('GET', '/topics?limit=2', '--paginate')
    expect(code, stderr).to.equal(0)
    const { items, next } = JSON.parse(stdout)
    expect(items.map((row: { topic: string }) => row.topic)).to.include.members(['a', 'b', 'c'])
    expect(next).to.equal(null)
  })

  it('sends fields and JSON, and exits as the problem says', async () => {
    expect((await api('PUT', '/namesrv/kv/NS/key', '-F', 'value=text')).code).to.equal(0)
    expect((await api('GET', '/namesrv/kv/NS')).stdout).to.contain('"text"')
    expect((await api('GET', '/topics/nowhere')).code).to.equal(4)
    expect((await api('POST', '/x', '-d', '{')).code).to.equal(2)
    expect((await dev().run(['api', 'GET', '/topics'])).code, 'only NameServers are named').to.equal(2)
  })
})
