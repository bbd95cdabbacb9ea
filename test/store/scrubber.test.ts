import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { putMany } from '../contract/store.ts'
import { eventually } from '../support/eventually.ts'
import { type StoresInDirs, storesInDirs } from './store-in-dir.ts'

describe('scrubber', () => {
  let stores: StoresInDirs
  beforeEach(() => {
    stores = storesInDirs()
  })
  afterEach(() => stores.removeAll())

  const options = { mappedFileSizeCommitLog: 65_536, writeBufferBytes: 65_536, scrubBytesPerSecond: 4_000_000 }

  it('finds rot in old data that nobody reads, and names the range', async function () {
    this.timeout(30_000)
    const under = await stores.make(options)
    await putMany(under.store, 'T', 1000, 1, 200)
    await under.store.clean()
    await under.store.close()
    const dir = join(under.dir, 'commitlog', '00000000000000065536')
    for (const name of readdirSync(dir).filter(file => file.endsWith('.ldb'))) {
      const bytes = readFileSync(join(dir, name))
      const at = Math.floor(statSync(join(dir, name)).size / 2)
      bytes[at] = bytes[at]! ^ 1
      writeFileSync(join(dir, name), bytes)
    }
    const next = await stores.open(under.dir, options)
    const found = (): boolean =>
      next.log.lines.some(line => line.level === 'error' && line.message.includes('damaged data'))
    await eventually(() => {
      next.clock.advance(250)
      return found()
    }, 'damage found')
    const line = next.log.lines.find(one => one.level === 'error')
    expect(String(line?.fields['error'])).to.match(/commit log offsets \d+ to \d+/)
    expect(next.store.stats().corruptionsFound).to.be.at.least(1)
  })

  it('goes round sound data without a word', async function () {
    this.timeout(30_000)
    const { store, clock, log } = await stores.make(options)
    await putMany(store, 'T', 1000, 3, 200)
    await store.clean()
    for (let i = 0; i < 60; i++) {
      clock.advance(250)
      await new Promise(resolve => setImmediate(resolve))
    }
    await store.close()
    expect(log.lines.filter(line => line.level === 'error' || line.level === 'warn')).to.deep.equal([])
    expect(store.stats().corruptionsFound).to.equal(0)
  })
})
