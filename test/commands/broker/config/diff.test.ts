import { expect } from 'chai'
import { differences } from '../../../../src/cli/config-changes.ts'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq broker config diff', () => {
  it('says that there is no difference', async () => {
    const same = await run('broker', 'config', 'diff', 'broker-a', 'broker-a', '--exit-code')
    expect(same).to.include({ code: 0, stdout: '', stderr: 'broker-a and broker-a have the same settings.\n' })
    expect((await json<{ items: object[] }>('broker', 'config', 'diff', 'broker-a', 'broker-a')).items).to.deep.equal(
      []
    )
    expect((await run('broker', 'config', 'diff', 'broker-a', 'broker-b')).code).to.equal(4)
  })

  it('finds what differs, and what only one has', () => {
    const left = [
      { key: 'a', value: '1' },
      { key: 'b', value: '1' },
      { key: 'c', value: '' }
    ]
    const right = [
      { key: 'b', value: '2' },
      { key: 'c', value: '' },
      { key: 'd', value: '4' }
    ]
    expect(differences(left, right)).to.deep.equal([
      { key: 'a', left: '1' },
      { key: 'b', left: '1', right: '2' },
      { key: 'd', right: '4' }
    ])
  })
})
