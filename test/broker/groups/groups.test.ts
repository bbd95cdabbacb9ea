import { expect } from 'chai'
import { defaultGroup, type Groups, openGroups } from '../../../src/broker/groups/groups.ts'
import { MetaWriter } from '../../../src/broker/meta-writer.ts'
import type { BrokerOptions } from '../../../src/broker/options.ts'
import { settingsOf } from '../../support/broker.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { memoryMeta } from '../../support/memory-meta.ts'
import { silentLog } from '../../support/silent-log.ts'

describe('groups', () => {
  let meta = memoryMeta()
  let writer = new MetaWriter(meta)
  const open = (options: Partial<BrokerOptions> = {}): Promise<Groups> =>
    openGroups({ meta, writer, clock: manualClock(), log: silentLog(), options: settingsOf(options).values })

  beforeEach(() => {
    meta = memoryMeta()
    writer = new MetaWriter(meta)
  })

  it('makes a group when it is first used, and keeps it', async () => {
    const groups = await open()
    expect(groups.ensure('G')).to.deep.equal(defaultGroup('G'))
    expect(groups.ensure('G')).to.equal(groups.get('G'))
    await writer.idle()
    expect((await open()).get('G')).to.deep.equal(defaultGroup('G'))
  })

  it('makes none with a bad name, above the bound, or when that is switched off', async () => {
    expect((await open()).ensure('a b')).to.equal(undefined)
    expect((await open({ groupCountMax: 8 })).ensure('G')).to.equal(undefined)
    const closed = await open({ autoCreateSubscriptionGroup: false })
    expect(closed.ensure('G')).to.equal(undefined)
    expect(closed.ensure('CID_RMQ_SYS_X')).not.to.equal(undefined)
    expect(closed.ensure('TOOLS_CONSUMER')).not.to.equal(undefined)
  })

  it('raises its version with each change', async () => {
    const groups = await open()
    await groups.put({ ...defaultGroup('G'), retryMaxTimes: 2 })
    groups.ensure('H')
    await groups.delete('G')
    expect(groups.dataVersion.counter).to.equal(3)
    expect(await groups.delete('G')).to.equal(false)
    expect(groups.dataVersion.counter).to.equal(3)
    expect((await open()).dataVersion).to.deep.equal(groups.dataVersion)
  })

  it('takes a list as one batch', async () => {
    const groups = await open({ groupCountMax: 10 })
    await groups.putAll([defaultGroup('G1'), defaultGroup('G2')])
    expect(meta.batches).to.deep.equal([3])
    let code: unknown
    await groups.putAll([defaultGroup('G3')]).catch((error: { code: unknown }) => {
      code = error.code
    })
    expect(code).to.equal('MQ_NOT_PERMITTED')
  })
})
