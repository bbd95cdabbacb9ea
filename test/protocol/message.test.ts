/** The stored form of messages: versions 1 and 2, every field in place, and every broken one refused. */
import { expect } from 'chai'
import fc from 'fast-check'
import { MqError } from '../../src/kit/errors.ts'
import { encodeHost } from '../../src/protocol/host-bytes.ts'
import {
  type DraftMessage,
  decodeMessage,
  decodeMessages,
  encodeMessage,
  messageSize,
  writeMessage
} from '../../src/protocol/message.ts'
import {
  bodyCrc,
  bodyEnd,
  bodyStart,
  bornTimestampAt,
  checkMessage,
  magicAt,
  messageBytesMin,
  messageMagic,
  physicalOffsetAt,
  propertiesEnd,
  propertiesStart,
  queueIdAt,
  queueOffsetAt,
  reconsumeTimesAt,
  sizeAt,
  storeTimestampAt,
  sysFlagAt,
  topicAt,
  topicEnd,
  topicStart
} from '../../src/protocol/message-fields.ts'

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const safe = fc.maxSafeInteger()
const offset = fc.nat(Number.MAX_SAFE_INTEGER)
const bytesUpTo = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map(bytes => Buffer.from(bytes))
const host = fc
  .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .chain(address => fc.nat(0xffff).map(port => Buffer.concat([address, Buffer.from([0, 0, port >> 8, port & 0xff])])))
const topic = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom('t'.repeat(127), 't'.repeat(128), 'é'.repeat(64), `%RETRY%${'g'.repeat(250)}`)
)

const draft: fc.Arbitrary<DraftMessage> = fc.record({
  topic,
  queueId: int32,
  flag: int32,
  sysFlag: fc.nat(0x7ff).map(bits => bits & ~0x30),
  bornTimestamp: safe,
  bornHost: host,
  reconsumeTimes: int32,
  preparedTransactionOffset: safe,
  body: bytesUpTo(300),
  properties: bytesUpTo(100)
})

const place = fc.tuple(offset, offset, safe, host)

const plain: DraftMessage = {
  topic: 'T',
  queueId: 3,
  flag: 0,
  sysFlag: 0,
  bornTimestamp: 1_795_342_919_575,
  bornHost: encodeHost('127.0.0.1', 52_400),
  reconsumeTimes: 0,
  preparedTransactionOffset: 0,
  body: Buffer.from('hello'),
  properties: Buffer.from('TAGS\u0001a\u0002')
}
const storeHost = encodeHost('127.0.0.1', 10_911)

describe('stored messages', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(draft, place, (message, [queueOffset, physicalOffset, storeTimestamp, store]) => {
        const bytes = encodeMessage(message, queueOffset, physicalOffset, storeTimestamp, store)
        const v6 = (message.bornHost.length === 20 ? 0x10 : 0) | (store.length === 20 ? 0x20 : 0)
        expect(decodeMessage(bytes)).to.deep.equal({
          ...message,
          sysFlag: message.sysFlag | v6,
          size: bytes.length,
          version: Buffer.byteLength(message.topic) > 127 ? 2 : 1,
          bodyCrc: bodyCrc(message.body),
          queueOffset,
          physicalOffset,
          storeTimestamp,
          storeHost: store
        })
      }),
      { numRuns: 500 }
    )
  })

  it('are written where they should be, as long as announced, and can be read in place', () => {
    fc.assert(
      fc.property(draft, place, fc.nat(40), (message, [queueOffset, physicalOffset, storeTimestamp, store], at) => {
        const size = messageSize(message, store.length)
        const bytes = Buffer.alloc(at + size + 3, 0xee)
        expect(writeMessage(bytes, at, message, queueOffset, physicalOffset, storeTimestamp, store)).to.equal(at + size)
        expect(bytes.subarray(at + size).toString('hex')).to.equal('eeeeee')
        expect(checkMessage(bytes, at)).to.equal(size)
        expect(sizeAt(bytes, at)).to.equal(size)
        expect(queueIdAt(bytes, at)).to.equal(message.queueId)
        expect(queueOffsetAt(bytes, at)).to.equal(queueOffset)
        expect(physicalOffsetAt(bytes, at)).to.equal(physicalOffset)
        expect(sysFlagAt(bytes, at) & ~0x30).to.equal(message.sysFlag)
        expect(bornTimestampAt(bytes, at)).to.equal(message.bornTimestamp)
        expect(storeTimestampAt(bytes, at)).to.equal(storeTimestamp)
        expect(reconsumeTimesAt(bytes, at)).to.equal(message.reconsumeTimes)
        expect(bytes.subarray(bodyStart(bytes, at), bodyEnd(bytes, at)).equals(message.body)).to.equal(true)
        expect(topicAt(bytes, at)).to.equal(message.topic)
        expect(bytes.toString('utf8', topicStart(bytes, at), topicEnd(bytes, at))).to.equal(message.topic)
        const properties = bytes.subarray(propertiesStart(bytes, at), propertiesEnd(bytes, at))
        expect(properties.equals(message.properties)).to.equal(true)
      })
    )
  })

  it('have the layout of version 1 by default', () => {
    const bytes = encodeMessage(plain, 1, 2, 1_795_342_920_659, storeHost)
    expect(bytes.toString('hex')).to.equal(
      '00000068' +
        'daa320a7' +
        '3610a686' +
        '00000003' +
        '00000000' +
        '0000000000000001' +
        '0000000000000002' +
        '00000000' +
        '000001a202c6e797' +
        '7f0000010000ccb0' +
        '000001a202c6ebd3' +
        '7f00000100002a9f' +
        '00000000' +
        '0000000000000000' +
        '00000005' +
        '68656c6c6f' +
        '01' +
        '54' +
        '0007' +
        '54414753016102'
    )
  })

  it('take version 2 exactly when the topic is longer than 127 bytes', () => {
    const magicOf = (name: string): number => magicAt(encodeMessage({ ...plain, topic: name }, 0, 0, 0, storeHost), 0)
    expect(magicOf('t'.repeat(127))).to.equal(messageMagic.v1)
    expect(magicOf('t'.repeat(128))).to.equal(messageMagic.v2)
    expect(magicOf('é'.repeat(64))).to.equal(messageMagic.v2)
  })

  it('keep the CRC of the body without its sign', () => {
    expect(bodyCrc(Buffer.from('hello'))).to.equal(0x3610a686)
    expect(bodyCrc(Buffer.from('delay'))).to.equal(0x329a809b)
  })

  it('with numbers at the ends of a long are written as Java has them', () => {
    const at = (bornTimestamp: number): string =>
      encodeMessage({ ...plain, bornTimestamp }, 0, 0, 0, storeHost).toString('hex', 40, 48)
    expect(at(-1)).to.equal('ffffffffffffffff')
    expect(at(2 ** 63)).to.equal('7fffffffffffffff')
    expect(at(2 ** 70)).to.equal('7fffffffffffffff')
    expect(at(-(2 ** 63))).to.equal('8000000000000000')
    expect(at(-(2 ** 70))).to.equal('8000000000000000')
  })

  it('are refused when topic or properties do not fit their length field', () => {
    expect(() => encodeMessage({ ...plain, properties: Buffer.alloc(32_768) }, 0, 0, 0, storeHost)).to.throw(MqError)
    expect(() => encodeMessage({ ...plain, topic: 't'.repeat(32_768) }, 0, 0, 0, storeHost)).to.throw(MqError)
    expect(encodeMessage({ ...plain, properties: Buffer.alloc(32_767) }, 0, 0, 0, storeHost)).to.be.instanceOf(Buffer)
  })

  it('follow each other in the answer of a pull', () => {
    const one = encodeMessage(plain, 0, 0, 0, storeHost)
    const two = encodeMessage({ ...plain, body: Buffer.alloc(0) }, 1, one.length, 0, storeHost)
    expect(decodeMessages(Buffer.concat([one, two])).map(message => message.queueOffset)).to.deep.equal([0, 1])
    expect(decodeMessages(Buffer.alloc(0))).to.deep.equal([])
    expect(() => decodeMessages(Buffer.concat([one, two.subarray(0, -1)]))).to.throw(MqError)
  })

  it('cut short, or with a broken length, magic or body, are refused', () => {
    const bytes = encodeMessage(plain, 0, 0, 0, storeHost)
    for (let end = 0; end < bytes.length; end++) expect(() => checkMessage(bytes, 0, end), `${end}`).to.throw(MqError)
    const lengths = [0, 1, 2, 3, 4, 5, 6, 7, bodyStart(bytes, 0) - 4, bodyStart(bytes, 0) - 1, topicStart(bytes, 0) - 1]
    for (const at of [...lengths, propertiesStart(bytes, 0) - 1, 8, 11, bodyStart(bytes, 0)]) {
      const bad = Buffer.from(bytes)
      bad[at] = bad[at]! ^ 0x40
      expect(() => checkMessage(bad, 0), `byte ${at}`).to.throw(MqError)
    }
  })

  it('made of any bytes are decoded or refused, and nothing else', () => {
    const head = (bytes: Uint8Array, v2: boolean): Buffer => {
      const message = Buffer.concat([Buffer.alloc(messageBytesMin), bytes])
      message.set(bytes.subarray(0, 60), 24)
      message.writeInt32BE(message.length, 0)
      message.writeInt32BE(v2 ? messageMagic.v2 : messageMagic.v1, 4)
      return message
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, v2) => {
        try {
          decodeMessage(head(bytes, v2))
        } catch (error) {
          expect(error).to.be.instanceOf(MqError)
        }
      }),
      { numRuns: 2000 }
    )
  })
})
