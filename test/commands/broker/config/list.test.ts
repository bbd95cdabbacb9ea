import { expect } from 'chai'
import { cluster } from '../../../support/mq.ts'

describe('mq broker config list', () => {
  const dev = cluster()

  it('lists all settings, or those that match', async () => {
    const { items } = JSON.parse((await dev().run(['broker', 'config', 'list', '--json'])).stdout)
    expect(items.length).to.be.greaterThan(50)
    expect(items).to.deep.include({ key: 'brokerName', value: 'broker-a' })
    expect(items, 'what mq dev sets otherwise').to.deep.include({ key: 'diskSpaceWarningLevelRatio', value: '99' })
    const some = await dev().run(['broker', 'config', 'list', '--match', 'flush.*Type'])
    expect(some.stdout.split('\n')).to.deep.equal(['KEY            VALUE', 'flushDiskType  ASYNC_FLUSH', ''])
  })

  it('exits with 4 for an unknown broker', async () => {
    expect((await dev().run(['broker', 'config', 'list', '--broker', 'nobody'])).code).to.equal(4)
  })
})
