import { expect } from 'chai'
import fc from 'fast-check'
import { writePullAnswer } from '../../../src/broker/fast-lane/hot-pull-answer.ts'
import { headerForms } from '../../../src/protocol/command.ts'
import { encodeFrame } from '../../../src/protocol/frame.ts'
import { responseTo } from '../../../src/remoting/dispatch.ts'
import type { Peer } from '../../../src/remoting/peer.ts'

describe('answers of fast pulls', () => {
  it('are byte for byte those of the general codec', () => {
    const number = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 9, 10))
    const fields = fc.record({
      suggestWhichBrokerId: fc.nat(),
      nextBeginOffset: number,
      minOffset: number,
      maxOffset: number,
      topicSysFlag: fc.nat(3),
      groupSysFlag: fc.nat(3)
    })
    const form = fc.constantFrom(headerForms.json, headerForms.binary)
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(0, 19, 20, 21),
        fields,
        form,
        fc.uint8Array(),
        (opaque, code, header, as, bytes) => {
          const body = Buffer.from(bytes)
          let written: Buffer = Buffer.alloc(0)
          const peer = {
            claim(size: number) {
              written = Buffer.alloc(size + 5, 0xee)
              return { bytes: written, at: 5 }
            }
          }
          writePullAnswer(peer as unknown as Peer, as, opaque, code, 'OFFSET_OVERFLOW_ONE', header, body)
          const texts = new Map(Object.entries(header).map(([name, value]) => [name, String(value)]))
          const answer = { code, remark: 'OFFSET_OVERFLOW_ONE', fields: texts, body }
          const expected = encodeFrame(responseTo({ opaque, form: as }, answer))
          expect(written.subarray(5).toString('latin1')).to.equal(expected.toString('latin1'))
        }
      ),
      { numRuns: 1000 }
    )
  })
})
