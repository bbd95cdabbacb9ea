/** The body of a batch. */
import { expect } from 'chai'
import fc from 'fast-check'
import { MqError } from '../../src/kit/errors.ts'
import { type BatchEntry, decodeBatch, encodeBatch } from '../../src/protocol/message-batch.ts'

const bytes = fc.uint8Array({ maxLength: 60 }).map(array => Buffer.from(array))
const entry: fc.Arbitrary<BatchEntry> = fc.record({
  flag: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  body: bytes,
  properties: bytes
})
const entries = fc.array(entry, { minLength: 1, maxLength: 8 })

describe('batches', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(entries, batch => {
        expect(decodeBatch(encodeBatch(batch))).to.deep.equal(batch)
      })
    )
  })

  it('are laid out as Java lays them out', () => {
    const batch = encodeBatch([{ flag: 1, body: Buffer.from('ab'), properties: Buffer.from('x\u0001y') }])
    expect(batch.toString('hex')).to.equal(
      '0000001b' + '00000000' + '00000000' + '00000001' + '00000002' + '6162' + '0003780179'
    )
  })

  it('cut short or changed are decoded or refused, and nothing else', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.nat(255), fc.nat(), (batch, at, byte, cut) => {
        const changed = encodeBatch(batch)
        changed[at % changed.length] = byte
        const part = changed.subarray(0, 1 + (cut % changed.length))
        try {
          const size = decodeBatch(part).reduce(
            (sum, { body, properties }) => sum + 22 + body.length + properties.length,
            0
          )
          expect(size).to.equal(part.length)
        } catch (error) {
          expect(error).to.be.instanceOf(MqError).with.property('code', 'MQ_MESSAGE_INVALID')
        }
      }),
      { numRuns: 2000 }
    )
  })

  it('have a limit', () => {
    const batch = encodeBatch(
      Array.from({ length: 3 }, () => ({ flag: 0, body: Buffer.alloc(0), properties: Buffer.alloc(0) }))
    )
    expect(decodeBatch(batch, 3)).to.have.length(3)
    expect(() => decodeBatch(batch, 2)).to.throw(MqError, 'more than 2')
    expect(decodeBatch(Buffer.alloc(0))).to.deep.equal([])
  })

  it('take no properties that a message could not keep', () => {
    const long = { flag: 0, body: Buffer.alloc(0), properties: Buffer.alloc(32_768) }
    expect(() => encodeBatch([long])).to.throw(MqError, '32767')
  })
})
