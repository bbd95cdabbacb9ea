import { expect } from 'chai'
import { chunkHeaderBytes, chunkSpan, openChunk, sealChunk } from '../../src/store/chunk.ts'

describe('chunk', () => {
  const made = (start: number, blank = false): Buffer => {
    const bytes = Buffer.alloc(100, 7)
    if (blank) bytes.writeUInt32BE(5000, chunkHeaderBytes)
    sealChunk(bytes, 0, bytes.length, start, { messageCount: 3, previousStart: 2 ** 40 + 5, blank })
    return bytes
  }

  it('comes back as it was written', () => {
    const bytes = made(2 ** 45)
    expect(openChunk(bytes, 2 ** 45)).to.deep.equal({ messageCount: 3, previousStart: 2 ** 40 + 5, blank: false })
    expect(chunkSpan(bytes, openChunk(bytes, 2 ** 45)!)).to.equal(84)
  })

  it('of a BLANK record covers what its size says', () => {
    const bytes = made(64, true)
    expect(chunkSpan(bytes, openChunk(bytes, 64)!)).to.equal(5000)
  })

  it('is not opened at another offset, cut, or with any bit changed', () => {
    const bytes = made(1000)
    expect(openChunk(bytes, 1001)).to.equal(undefined)
    expect(openChunk(bytes.subarray(0, 99), 1000)).to.equal(undefined)
    expect(openChunk(Buffer.alloc(0), 1000)).to.equal(undefined)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const harmed = Buffer.from(bytes)
      harmed[bit >> 3] = harmed[bit >> 3]! ^ (1 << (bit & 7))
      expect(openChunk(harmed, 1000), `bit ${bit}`).to.equal(undefined)
    }
  })
})
