import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('DELETE_KV_CONFIG', () => {
  const at = withNamesrv()

  it('removes a value, and is content with an absent one', async () => {
    await at.client.ask(100, { namespace: 'ns', key: 'k', value: 'v' })
    expect((await at.client.ask(102, { namespace: 'ns', key: 'k' })).code).to.equal(0)
    expect((await at.client.ask(101, { namespace: 'ns', key: 'k' })).code).to.equal(22)
    expect((await at.client.ask(102, { namespace: 'ns', key: 'k' })).code).to.equal(0)
    expect((await at.client.ask(102, { namespace: 'none', key: 'k' })).code).to.equal(0)
  })
})
