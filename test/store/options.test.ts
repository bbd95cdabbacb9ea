/** How many sealed segments are held open follows from the memory that they may take. */
import { expect } from 'chai'
import { openSegmentsMax, storeDefaults } from '../../src/store/options.ts'

const MiB = 1024 * 1024

describe('store options', () => {
  it('hold open as many sealed segments as their memory allows, from 8 to 128', () => {
    const { openSegmentsBytesMax } = storeDefaults
    expect(openSegmentsMax(1024 * MiB, openSegmentsBytesMax)).to.equal(34)
    expect(openSegmentsMax(4 * MiB, openSegmentsBytesMax)).to.equal(126)
    expect(openSegmentsMax(4096 * 4, openSegmentsBytesMax)).to.equal(127)
    expect(openSegmentsMax(4096 * MiB - 1, MiB)).to.equal(8)
  })
})
