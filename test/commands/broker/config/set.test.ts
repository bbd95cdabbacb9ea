import { expect } from 'chai'
import { openAdmin } from '../../../../src/admin/open-admin.ts'
import { changeAt } from '../../../../src/cli/config-changes.ts'
import { json, ops, run } from '../../../support/ops-cluster.ts'

interface Changes {
  readonly items: readonly { brokerName: string; before: string; after: string; outcome: string }[]
}

const set = (...more: string[]) => json<Changes>('broker', 'config', 'set', ...more)

describe('mq broker config set', () => {
  after(() => run('broker', 'config', 'set', 'maxMessageSize=4194304', 'logLevel=info'))

  it('changes settings at run time, at one broker or at all', async () => {
    const planned = await set('maxMessageSize=4100000', '--dry-run')
    expect(planned.items).to.deep.equal([
      { brokerName: 'broker-a', key: 'maxMessageSize', before: '4194304', after: '4100000', outcome: 'planned' }
    ])
    expect((await set('maxMessageSize=4100000', 'logLevel=debug')).items.map(row => row.outcome)).to.deep.equal([
      'done',
      'done'
    ])
    expect((await set('maxMessageSize=4100000', '--all')).items[0]).to.include({ outcome: 'unchanged' })
    expect((await run('broker', 'config', 'get', 'maxMessageSize')).stdout).to.equal('4100000\n')
  })

  it('changes nothing when one of them is wrong', async () => {
    const unknown = await run('broker', 'config', 'set', 'maxMessageSize=1000000', 'noSuchKey=1')
    expect(unknown.code).to.equal(4)
    expect((await run('broker', 'config', 'set', 'maxMessageSize=1000000', 'brokerName=x')).code).to.equal(6)
    expect((await run('broker', 'config', 'set', 'maxMessageSize=many')).code).to.equal(2)
    expect((await run('broker', 'config', 'set', 'maxMessageSize')).code).to.equal(2)
    expect((await run('broker', 'config', 'set', 'maxMessageSize=1000000', '--all', '--cluster', 'x')).code).to.equal(4)
    expect((await run('broker', 'config', 'get', 'maxMessageSize')).stdout).to.equal('4100000\n')
  })

  it('changes nothing when somebody else was quicker', async () => {
    const admin = await openAdmin({ namesrvAddr: ops().namesrv })
    try {
      const read = await admin.brokerConfig(undefined)
      await run('broker', 'config', 'set', 'maxMessageSize=4000000')
      const late = changeAt(admin, undefined, read, [{ key: 'maxMessageSize', value: '4100000' }], false)
      expect(
        await late.then(
          () => 'resolved',
          error => error.code
        )
      ).to.equal('MQ_PRECONDITION_FAILED')
    } finally {
      await admin.close()
    }
  })
})
