import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq namesrv kv get', () => {
  it('prints the value, or which key was meant', async () => {
    await run('namesrv', 'kv', 'set', 'GOT', 'colour', 'green')
    expect(await run('namesrv', 'kv', 'get', 'GOT', 'colour')).to.include({ code: 0, stdout: 'green\n' })
    expect(await json('namesrv', 'kv', 'get', 'GOT', 'colour')).to.deep.equal({ key: 'colour', value: 'green' })
    const missing = await run('namesrv', 'kv', 'get', 'GOT', 'color')
    expect(missing.code).to.equal(4)
    expect(missing.stderr).to.contain('did you mean colour?')
  })
})
