import { expect } from 'chai'
import fc from 'fast-check'
import {
  encodeRunHead,
  IndexPage,
  mergeRuns,
  openRunBlock,
  openRunHead,
  PageSource,
  RunWriter,
  runBlockHash,
  runBlockOffset
} from '../../src/store/index-run.ts'
import { runBlockKey, runKey } from '../../src/store/keys.ts'

const word = fc.integer({ min: 0, max: 0xffff_ffff })
const pageOf = (entries: readonly (readonly [number, number])[]): IndexPage => {
  const page = new IndexPage(0, 0)
  for (const [hash, offset] of entries) page.add(hash, offset)
  return page
}
const byBoth = (a: readonly number[], b: readonly number[]): number => a[0]! - b[0]! || a[1]! - b[1]!
const noPause = async (): Promise<void> => {}

describe('runs of the key index', () => {
  it('merge to what sorting all entries gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.tuple(word, word), { maxLength: 200 }), { maxLength: 9 }), async pages => {
        const merged: [number, number][] = []
        const sources = pages.map(entries => new PageSource(pageOf(entries)))
        await mergeRuns(sources, (hash, offset) => void merged.push([hash, offset]), noPause)
        expect(merged).to.deep.equal(pages.flat().sort(byBoth))
      }),
      { numRuns: 50 }
    )
  })

  it('are written in blocks that name the entry behind them', async () => {
    const rows: [Buffer, Buffer][] = []
    const writer = new RunWriter(
      (hash, offset) => runBlockKey(7, hash, offset),
      (key, block) => void rows.push([key, block])
    )
    const entries = Array.from({ length: 10_000 }, (_, i) => [Math.floor(i / 3), i] as const)
    for (const [hash, offset] of entries) writer.add(hash, offset)
    const head = await writer.finish(0, 999)
    expect(head).to.deep.equal({ from: 0, to: 999, blocks: 3, firstHash: 0, firstOffset: 0 })
    const read: [number, number][] = []
    let next: [number, number] = [0, 0]
    for (const [key, bytes] of rows) {
      const block = openRunBlock(key, bytes)!
      expect([runBlockHash(block, 0), runBlockOffset(block, 0)]).to.deep.equal(next)
      for (let i = 0; i < block.count; i++) read.push([runBlockHash(block, i), runBlockOffset(block, i)])
      next = [block.nextHash, block.nextOffset]
      bytes[30] = bytes[30]! ^ 1
      expect(openRunBlock(key, bytes)).to.equal(undefined)
    }
    expect(read).to.deep.equal(entries)
    expect(next).to.deep.equal([0xffff_ffff, 0xffff_ffff])
  })

  it('have heads that are checked', () => {
    const head = { from: 5, to: 2 ** 40, blocks: 3, firstHash: 1, firstOffset: 2 }
    const bytes = encodeRunHead(runKey(1), head)
    expect(openRunHead(runKey(1), bytes)).to.deep.equal(head)
    expect(openRunHead(runKey(2), bytes)).to.equal(undefined)
  })

  it('pages find and forget entries', () => {
    const page = pageOf([
      [5, 10],
      [6, 20],
      [5, 30],
      [5, 40]
    ])
    const found: number[] = []
    page.collect(5, 40, found)
    expect(found).to.deep.equal([10, 30])
    page.cut(30)
    expect(page.count).to.equal(2)
  })
})
