/**
 * A kill at every moment of the store's life that has a name: the directory is copied there and then, as the kill would leave
 * it, and opened later. Everything acknowledged before the copy must be in it.
 */
import { expect } from 'chai'
import type { StorePoint } from '../../src/store/seams.ts'
import { draftOf, readAll } from '../contract/store.ts'
import { manualClock } from '../support/manual-clock.ts'
import { type StoresInDirs, storesInDirs, tinyOptions } from './store-in-dir.ts'

const points: readonly StorePoint[] = [
  'segment-made',
  'segment-recorded',
  'rolled',
  'sealing',
  'sealed',
  'min-offset-raised',
  'before-unlink',
  'segment-unlinked',
  'checkpoint-half-written',
  'checkpoint-written',
  'derived-flushed',
  'recovered'
]

interface Image {
  readonly point: StorePoint
  readonly dir: string
  readonly acknowledged: number
}

describe('a kill at every named moment', () => {
  let stores: StoresInDirs
  beforeEach(() => {
    stores = storesInDirs()
  })
  afterEach(() => stores.removeAll())

  it('loses nothing that was acknowledged', async function () {
    this.timeout(60_000)
    const dir = stores.newDir()
    const images: Image[] = []
    let acknowledged = 0
    const at = (point: StorePoint): void => {
      if (images.filter(image => image.point === point).length >= 2) return
      images.push({ point, dir: stores.copy(dir), acknowledged })
    }
    const options = {
      ...tinyOptions,
      mappedFileSizeCommitLog: 16_384,
      indexRunBytes: 4096,
      fileReservedTime: 1,
      seams: { at }
    }
    const clock = manualClock()
    const { store } = await stores.open(dir, options, clock)
    const put = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        await store.put(draftOf('T', 0, `${acknowledged}`.padEnd(300, '.')))
        acknowledged++
      }
    }
    await put(120)
    await store.clean()
    clock.advance(2 * 3_600_000)
    await put(60)
    await store.clean()
    await put(20)
    await store.flush()
    await store.close()
    expect(new Set(images.map(image => image.point))).to.have.keys([...points])
    for (const image of images) {
      const name = `${image.point} after ${image.acknowledged}`
      const { seams: _, ...plain } = options
      const again = await stores.open(image.dir, plain, clock).catch((error: Error) => {
        throw new Error(`${name}: ${error.stack}`)
      })
      const least = again.store.minOffset('T', 0)
      const read = await readAll(again.store, 'T', 0)
      expect(again.store.maxOffset('T', 0), name).to.be.at.least(image.acknowledged)
      for (const [i, message] of read.entries()) {
        expect(Number.parseInt(message.body.toString(), 10), name).to.equal(least + i)
      }
      const place = await again.store.put(draftOf('T', 0, 'more'))
      expect(place.queueOffset, name).to.equal(least + read.length)
      const reopened = await again.reopen()
      expect(reopened.store.maxOffset('T', 0), name).to.equal(place.queueOffset + 1)
      expect(reopened.store.minOffset('T', 0), name).to.equal(least)
      await reopened.store.close()
    }
  })
})
