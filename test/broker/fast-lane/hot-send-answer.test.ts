import { expect } from 'chai'
import fc from 'fast-check'
import { SendAnswers } from '../../../src/broker/fast-lane/hot-send-answer.ts'
import { headerForms } from '../../../src/protocol/command.ts'
import { encodeFrame } from '../../../src/protocol/frame.ts'
import { encodeHost } from '../../../src/protocol/host-bytes.ts'
import { offsetMessageId } from '../../../src/protocol/message-id.ts'
import { responseTo } from '../../../src/remoting/dispatch.ts'
import type { Peer } from '../../../src/remoting/peer.ts'

describe('answers of fast sends', () => {
  const number = fc.oneof(
    fc.nat(),
    fc.constantFrom(0, 9, 10, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1),
    fc.maxSafeNat()
  )
  const key = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFabc_-'), minLength: 1, maxLength: 64 })
  const opaque = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 0x14141414, 0x11, 2 ** 31 - 1, -(2 ** 31)))

  for (const host of ['127.0.0.1', '2001:db8::17']) {
    it(`are byte for byte those of the general codec, from ${host}`, () => {
      const storeHost = encodeHost(host, 10_911)
      const answers = new SendAnswers({ storeHost, region: 'Default"Region"', trace: 'true' })
      fc.assert(
        fc.property(
          opaque,
          fc.nat(65_535),
          number,
          number,
          key,
          fc.constantFrom(headerForms.json, headerForms.binary),
          (op, queueId, queueOffset, physicalOffset, text, form) => {
            let written: Buffer = Buffer.alloc(0)
            const peer = {
              claim(size: number) {
                written = Buffer.alloc(size + 3, 0xee)
                return { bytes: written, at: 3 }
              }
            }
            const bytes = new Uint8Array(64)
            bytes.set(Buffer.from(text))
            const fields = { opaque: op, queueId, queueOffset, physicalOffset, key: bytes, keyLength: text.length }
            answers.write(peer as unknown as Peer, form, fields)
            const expected = encodeFrame(
              responseTo(
                { opaque: op, form },
                {
                  code: 0,
                  remark: undefined,
                  fields: new Map([
                    ['msgId', offsetMessageId(storeHost, physicalOffset)],
                    ['queueId', String(queueId)],
                    ['queueOffset', String(queueOffset)],
                    ['transactionId', text],
                    ['MSG_REGION', 'Default"Region"'],
                    ['TRACE_ON', 'true']
                  ]),
                  body: Buffer.alloc(0)
                }
              )
            )
            expect(written.subarray(3).toString('latin1')).to.equal(expected.toString('latin1'))
          }
        ),
        { numRuns: 2000, examples: [[1, 0, 0, 0, 'k'.repeat(19), headerForms.binary]] }
      )
    })
  }
})
