import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('GET_KV_CONFIG', () => {
  const at = withNamesrv()

  it('answers the value', async () => {
    await at.client.ask(100, { namespace: 'ns', key: 'k', value: 'v' })
    const answer = await at.client.ask(101, { namespace: 'ns', key: 'k' })
    expect([answer.code, answer.fields.get('value'), answer.remark]).to.deep.equal([0, 'v', ''])
  })

  it('answers a miss with 22', async () => {
    const answer = await at.client.ask(101, { namespace: 'ns', key: 'nope' })
    expect(answer).to.include({ code: 22, remark: 'No config item, Namespace: ns Key: nope' })
  })
})
