import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('PUT_KV_CONFIG', () => {
  const at = withNamesrv()

  it('stores a value, durably, before it answers', async () => {
    const answer = await at.client.ask(100, { namespace: 'ns', key: 'k', value: 'v = 1' })
    expect(answer.code).to.equal(0)
    const file = JSON.parse(readFileSync(join(at.server.dataDir, 'kvConfig.json'), 'utf8'))
    expect(file).to.deep.equal({ configTable: { ns: { k: 'v = 1' } } })
  })

  it('takes a path for a name and nothing else', async () => {
    await at.client.ask(100, { namespace: '../../etc', key: '__proto__', value: 'x' })
    const answer = await at.client.ask(101, { namespace: '../../etc', key: '__proto__' })
    expect(answer.fields.get('value')).to.equal('x')
    expect(({} as Record<string, unknown>)['x']).to.equal(undefined)
  })

  it('names the field that is missing', async () => {
    const answer = await at.client.ask(100, { namespace: 'ns', key: 'k' })
    expect(answer).to.include({ code: 1, remark: 'the custom field <value> is null' })
  })
})
