import { expect } from 'chai'
import fc from 'fast-check'
import {
  blockKey,
  headKey,
  offsetKey,
  parseBlockKey,
  queuePrefix,
  runBlockKey,
  runKey,
  segmentName
} from '../../src/store/keys.ts'

describe('keys', () => {
  it('sort as the offsets do', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        expect(Math.sign(offsetKey(a).compare(offsetKey(b)))).to.equal(Math.sign(a - b))
      })
    )
  })

  it('of blocks come apart again, keep queues together, and follow the head', () => {
    const part = fc.record({
      topic: fc.string({ minLength: 1, maxLength: 300 }),
      generation: fc.nat(9),
      queueId: fc.nat(65_535),
      firstOffset: fc.maxSafeNat()
    })
    fc.assert(
      fc.property(part, ({ topic, generation, queueId, firstOffset }) => {
        const name = Buffer.from(topic).toString()
        const key = blockKey(queuePrefix(Buffer.from(topic), generation, queueId), firstOffset)
        expect(parseBlockKey(key)).to.deep.equal({ topic: name, generation, queueId, firstOffset })
        expect(key.compare(headKey)).to.equal(1)
      })
    )
    expect(parseBlockKey(headKey)).to.equal(undefined)
    expect(parseBlockKey(Buffer.alloc(40))).to.equal(undefined)
  })

  it('of runs: the head comes before its blocks, and blocks before the next run', () => {
    const order = [
      headKey,
      runKey(1),
      runBlockKey(1, 0, 0),
      runBlockKey(1, 5, 9),
      runBlockKey(1, 6, 0),
      runBlockKey(1, 0xffff_ffff, 0xffff_ffff),
      runKey(2)
    ]
    expect([...order].reverse().sort(Buffer.compare)).to.deep.equal(order)
  })

  it('name segments as Apache names its files', () => {
    expect(segmentName(1073741824)).to.equal('00000000001073741824')
  })
})
