import { expect } from 'chai'
import { type Offsets, openOffsets } from '../../../src/broker/groups/offsets.ts'
import { MetaWriter } from '../../../src/broker/meta-writer.ts'
import { eventually } from '../../support/eventually.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { memoryMeta } from '../../support/memory-meta.ts'
import { silentLog } from '../../support/silent-log.ts'

describe('consumer offsets', () => {
  let meta = memoryMeta()
  let clock = manualClock()
  let log = silentLog()
  let end = 100

  const open = (): Promise<Offsets> => {
    const store = { meta, maxOffset: () => end }
    return openOffsets({ store, writer: new MetaWriter(meta), clock, log, flushMs: 5000 })
  }
  const rows = async (): Promise<Record<string, string>> => Object.fromEntries(await meta.rows('offset'))

  beforeEach(() => {
    meta = memoryMeta()
    clock = manualClock()
    log = silentLog()
    end = 100
  })

  it('are -1 until they are committed, and then what was committed last', async () => {
    const offsets = await open()
    expect(offsets.get('G', 'T', 0)).to.equal(-1)
    expect(offsets.commit('G', 'T', 0, 7)).to.equal(true)
    expect(offsets.commit('G', 'T', 0, 5)).to.equal(true)
    expect(offsets.get('G', 'T', 0)).to.equal(5)
    expect(offsets.get('G', 'T', 1)).to.equal(-1)
  })

  it('are never above the end of the queue', async () => {
    const offsets = await open()
    expect(offsets.commit('G', 'T', 0, 100)).to.equal(true)
    expect(offsets.commit('G', 'T', 0, 101)).to.equal(false)
    expect(offsets.get('G', 'T', 0)).to.equal(100)
  })

  it('are written every five seconds, only those that changed', async () => {
    const offsets = await open()
    offsets.commit('G', 'T', 0, 1)
    offsets.commit('G', 'T', 3, 2)
    offsets.commit('H', 'T', 0, 3)
    clock.advance(4999)
    expect(await rows()).to.deep.equal({})
    clock.advance(1)
    await eventually(async () => (await meta.rows('offset')).size === 2, 'the offsets are written')
    expect(await rows()).to.deep.equal({ 'T@G': '{"0":1,"3":2}', 'T@H': '{"0":3}' })
    offsets.commit('H', 'T', 0, 3)
    offsets.commit('G', 'T', 0, 9)
    await offsets.flush()
    expect(meta.batches).to.deep.equal([2, 1])
  })

  it('are tried again when they could not be written', async () => {
    const offsets = await open()
    offsets.commit('G', 'T', 0, 1)
    meta.failure = new Error('no space')
    clock.advance(5000)
    await eventually(() => log.lines.some(line => line.level === 'error'), 'the failure is told')
    meta.failure = undefined
    clock.advance(5000)
    await eventually(async () => (await meta.rows('offset')).size === 1, 'the offset is written')
  })

  it('come back after a restart, lowered to the end that was recovered', async () => {
    const offsets = await open()
    offsets.commit('G', 'T', 0, 60)
    offsets.commit('G', 'T', 1, 40)
    await offsets.flush()
    end = 50
    const again = await open()
    expect([again.get('G', 'T', 0), again.get('G', 'T', 1)]).to.deep.equal([50, 40])
    expect(again.groupsOf('T')).to.deep.equal(['G'])
    expect(log.lines.filter(line => line.level === 'warn')).to.have.length(1)
    await again.flush()
    expect(await rows(), 'the lowered offset is written').to.deep.equal({ 'T@G': '{"0":50,"1":40}' })
  })

  it('are forgotten with their topic or group', async () => {
    const offsets = await open()
    for (const group of ['G', 'H']) for (const topic of ['T', 'U']) offsets.commit(group, topic, 0, 1)
    offsets.deleteTopic('T')
    expect(offsets.groupsOf('T')).to.deep.equal([])
    expect([...offsets.ofGroup('G').keys()]).to.deep.equal(['U'])
    await offsets.flush()
    offsets.deleteGroup('G')
    await offsets.flush()
    expect(await rows()).to.deep.equal({ 'U@H': '{"0":1}' })
    expect(offsets.ofGroup('G').size).to.equal(0)
    expect(offsets.groupsOf('U')).to.deep.equal(['H'])
  })
})
