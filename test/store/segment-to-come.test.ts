/**
 * The log has reached the end of its last segment, and the one that follows is not made yet, or could not be: what was
 * acknowledged before is read from the right segments, and retention leaves the log something to go on from.
 */
import { expect } from 'chai'
import type { StorePoint } from '../../src/store/seams.ts'
import { draftOf, putMany, readAll } from '../contract/store.ts'
import { eventually } from '../support/eventually.ts'
import { type StoreInDir, type StoresInDirs, storesInDirs } from './store-in-dir.ts'

const segmentBytes = 12_288
const hourMs = 3_600_000

describe('a segment that is still to come', () => {
  let stores: StoresInDirs
  let making: { fault: Error | undefined; failed: number }
  beforeEach(() => {
    stores = storesInDirs()
    making = { fault: undefined, failed: 0 }
  })
  afterEach(() => stores.removeAll())

  /** A store that reads from disk, filled to the very end of its last segment, and how many messages it acknowledged. */
  const fill = async (): Promise<{ under: StoreInDir; acknowledged: number }> => {
    const at = (point: StorePoint): void => {
      if (point !== 'segment-made' || making.fault === undefined) return
      making.failed++
      throw making.fault
    }
    const options = {
      mappedFileSizeCommitLog: segmentBytes,
      recentBytesMax: 0,
      slabBytes: 4096,
      tailBytesMax: 0,
      cacheBytesMax: 0,
      fileReservedTime: 1,
      seams: { at }
    }
    const first = await stores.make(options)
    await putMany(first.store, 'T', 40, 1, 600)
    await first.store.clean()
    const under = await first.reopen()
    making.fault = new Error('no segment can be made')
    let acknowledged = 40
    while (making.failed === 0 || under.store.stats().maxPhysicalOffset % segmentBytes !== 0) {
      const put = under.store.put(draftOf('T', 0, `${acknowledged}`.padEnd(600, '.')))
      if (
        await put.then(
          () => true,
          () => false
        )
      )
        acknowledged++
      await eventually(() => {
        under.clock.advance(500)
        return under.store.writable
      }, 'writable again')
    }
    return { under, acknowledged }
  }

  const numbersOf = async ({ store }: StoreInDir): Promise<number[]> =>
    (await readAll(store, 'T', 0)).map(message => Number.parseInt(message.body.toString(), 10))

  const upTo = (end: number): number[] => Array.from({ length: end }, (_, i) => i)

  it('hides no offset of the segments before it', async () => {
    const { under, acknowledged } = await fill()
    expect(under.store.maxOffset('T', 0)).to.equal(acknowledged)
    expect(await numbersOf(under)).to.deep.equal(upTo(acknowledged))
    await under.store.clean()
    expect(await numbersOf(under)).to.deep.equal(upTo(acknowledged))
    making.fault = undefined
    expect(await numbersOf(await under.afterCrash())).to.deep.equal(upTo(acknowledged))
    await under.store.put(draftOf('T', 0, `${acknowledged}`))
    expect(await numbersOf(await under.reopen())).to.deep.equal(upTo(acknowledged + 1))
  })

  it('is waited for by retention, which leaves the last one there is', async () => {
    const { under, acknowledged } = await fill()
    await under.store.clean()
    under.clock.advance(2 * hourMs)
    await under.store.clean()
    expect(under.store.maxOffset('T', 0)).to.equal(acknowledged)
    expect(under.store.stats().minPhysicalOffset).to.be.at.most(under.store.stats().maxPhysicalOffset)
    making.fault = undefined
    const { queueOffset } = await under.store.put(draftOf('T', 0, `${acknowledged}`))
    expect(queueOffset).to.equal(acknowledged)
    under.clock.advance(2 * hourMs)
    await under.store.clean()
    expect(await numbersOf(under)).to.deep.equal([acknowledged])
    expect(await numbersOf(await under.reopen())).to.deep.equal([acknowledged])
  })
})
