import { expect } from 'chai'
import { SlabRing } from '../../src/store/slab.ts'

/** Writes a chunk whose every byte is `fill` behind a header of 16 bytes. */
const chunk = (ring: SlabRing, slab: ReturnType<SlabRing['next']>, start: number, span: number, fill: number): void => {
  slab.buffer.fill(fill, slab.used + 16, slab.used + 16 + span)
  slab.addChunk(start, slab.used, span)
  slab.used += 16 + span
  ring.committed = start + span
}
const byteAt = (ring: SlabRing, offset: number): number | undefined => {
  const at = ring.locate(offset)
  return at < 0 ? undefined : ring.buffer[at]
}

describe('slabs', () => {
  it('find a byte of the log over chunks and slabs, but nothing that is not confirmed', () => {
    const ring = new SlabRing(1000, 10_000)
    let offset = 0
    for (let s = 0; s < 3; s++) {
      const slab = ring.next(10)
      for (let c = 0; c < 5; c++, offset += 100) chunk(ring, slab, offset, 100, s * 5 + c)
    }
    for (let at = 0; at < 1500; at++) expect(byteAt(ring, at)).to.equal(Math.floor(at / 100))
    for (const at of [1499, 3, 777, 1500, -1])
      expect(byteAt(ring, at)).to.equal(at < 0 || at > 1499 ? undefined : Math.floor(at / 100))
    ring.committed = 1250
    expect(byteAt(ring, 1250)).to.equal(undefined)
    expect(byteAt(ring, 1249)).to.equal(12)
  })

  it('are used again only when all in them is confirmed, and stay within their bound then', () => {
    const ring = new SlabRing(200, 400)
    for (let s = 0; s < 10; s++) chunk(ring, ring.next(100), s * 100, 100, s)
    expect(ring.bytes).to.equal(400)
    expect(ring.oldest).to.equal(800)
    expect(byteAt(ring, 700)).to.equal(undefined)
    expect(byteAt(ring, 950)).to.equal(9)
    ring.committed = 0
    for (let s = 10; s < 14; s++) {
      const slab = ring.next(100)
      slab.addChunk(s * 100, 0, 100)
    }
    expect(ring.bytes).to.equal(1200)
  })

  it('take a message larger than a slab, and forget what was cut', () => {
    const ring = new SlabRing(200, 2000)
    chunk(ring, ring.next(1000), 0, 900, 1)
    expect(ring.bytes).to.equal(1000)
    chunk(ring, ring.next(100), 900, 100, 2)
    ring.cut(900)
    expect(byteAt(ring, 899)).to.equal(1)
    ring.committed = 2000
    expect(byteAt(ring, 950)).to.equal(undefined)
  })
})
