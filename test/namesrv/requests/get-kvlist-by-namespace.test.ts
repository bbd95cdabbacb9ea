import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('GET_KVLIST_BY_NAMESPACE', () => {
  const at = withNamesrv()

  it('answers all values of a namespace', async () => {
    await at.client.ask(100, { namespace: 'ns', key: 'a', value: '1' })
    await at.client.ask(100, { namespace: 'ns', key: 'b', value: '2' })
    await at.client.ask(100, { namespace: 'other', key: 'c', value: '3' })
    const answer = await at.client.ask(219, { namespace: 'ns' })
    expect([answer.code, String(answer.body)]).to.deep.equal([0, '{"table":{"a":"1","b":"2"}}'])
  })

  it('answers an unknown namespace with 22', async () => {
    expect(await at.client.ask(219, { namespace: 'none' })).to.include({
      code: 22,
      remark: 'No config item, Namespace: none'
    })
  })
})
