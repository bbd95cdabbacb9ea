/** Ids of messages. */
import { expect } from 'chai'
import fc from 'fast-check'
import { MqError } from '../../src/kit/errors.ts'
import { decodeHost, encodeHost } from '../../src/protocol/host-bytes.ts'
import { offsetMessageId, parseOffsetMessageId, uniqueIds, uniqueIdTimestamp } from '../../src/protocol/message-id.ts'

const noon = new Date(2026, 10, 24, 12).getTime()

describe('offset ids', () => {
  it('name host, port and place', () => {
    expect(offsetMessageId(encodeHost('127.0.0.1', 20_911), 3562)).to.equal('7F000001000051AF0000000000000DEA')
    const v6 = offsetMessageId(encodeHost('2001:db8::1', 10_911), 1)
    expect(v6).to.equal('20010DB800000000000000000000000100002A9F0000000000000001')
    const { storeHost, physicalOffset } = parseOffsetMessageId(v6.toLowerCase())
    expect(decodeHost(storeHost)).to.deep.equal({ host: '2001:db8::1', port: 10_911 })
    expect(physicalOffset).to.equal(1)
  })

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(0xffff), (offset, port) => {
        const host = encodeHost('192.0.2.7', port)
        expect(parseOffsetMessageId(offsetMessageId(host, offset))).to.deep.equal({
          storeHost: host,
          physicalOffset: offset
        })
      })
    )
  })

  it('of another form are refused', () => {
    for (const id of [
      '',
      '7F',
      'G'.repeat(32),
      '0'.repeat(33),
      '0'.repeat(57),
      `0${'0'.repeat(32)}`,
      `${'0'.repeat(32)}\n`
    ]) {
      expect(() => parseOffsetMessageId(id), id).to.throw(MqError, 'offset id')
    }
  })
})

describe('unique ids', () => {
  it('are all different, also within a millisecond, and tell their time', () => {
    const next = uniqueIds({ address: Buffer.from([192, 0, 2, 1]), pid: 70_000, salt: -1, now: () => noon })
    const ids = Array.from({ length: 1000 }, next)
    expect(new Set(ids).size).to.equal(1000)
    for (const id of ids) expect(id).to.match(/^C0000201[0-9A-F]{24}$/)
    expect(uniqueIdTimestamp(ids[0]!, noon + 60_000)).to.equal(noon)
  })

  it('have 56 digits on an IPv6 host', () => {
    const next = uniqueIds({ address: Buffer.alloc(16, 1), pid: 1, salt: 1, now: () => noon })
    expect(next()).to.match(/^(01){16}[0-9A-F]{24}$/)
    expect(uniqueIdTimestamp(next(), noon)).to.equal(noon)
  })

  it('of the month before tell their time too, those of other makers none', () => {
    const before = new Date(2026, 9, 31, 23).getTime()
    const next = uniqueIds({ address: Buffer.alloc(4), pid: 1, salt: 1, now: () => before })
    expect(uniqueIdTimestamp(next(), new Date(2026, 10, 1, 1).getTime())).to.equal(before)
    expect(uniqueIdTimestamp('01A', noon)).to.equal(undefined)
  })
})
