import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq namesrv config get', () => {
  it('prints the value alone', async () => {
    expect(await run('namesrv', 'config', 'get', 'enableTopicList')).to.include({ code: 0, stdout: 'true\n' })
    expect(await json('namesrv', 'config', 'get', 'enableTopicList')).to.deep.equal({
      key: 'enableTopicList',
      value: 'true'
    })
    const missing = await run('namesrv', 'config', 'get', 'enableTopicLst')
    expect(missing.code).to.equal(4)
    expect(missing.stderr).to.contain('did you mean enableTopicList?')
  })
})
