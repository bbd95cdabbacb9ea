/** Addresses as bytes. */
import { isIPv6 } from 'node:net'
import { expect } from 'chai'
import fc from 'fast-check'
import { MqError } from '../../src/kit/errors.ts'
import { decodeHost, encodeHost } from '../../src/protocol/host-bytes.ts'

describe('addresses', () => {
  it('take 4 or 16 bytes and 4 for the port', () => {
    expect(encodeHost('127.0.0.1', 10_911).toString('hex')).to.equal('7f00000100002a9f')
    expect(encodeHost('::1', 80).toString('hex')).to.equal(`${'00'.repeat(15)}0100000050`)
    expect(encodeHost('fe80::1%eth0', 80).toString('hex')).to.equal(`fe80${'00'.repeat(13)}0100000050`)
    expect(encodeHost('64:ff9b::192.0.2.1', 0).toString('hex', 0, 16)).to.equal('0064ff9b0000000000000000c0000201')
  })

  it('of IPv4 in IPv6 form are IPv4', () => {
    expect(encodeHost('::ffff:192.0.2.1', 1).toString('hex')).to.equal('c000020100000001')
  })

  it('that are none are refused', () => {
    for (const host of [
      '',
      'localhost',
      '256.0.0.1',
      '1.2.3',
      '1:2',
      '::1::',
      '12345::',
      ':1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '::1.2.3.400'
    ]) {
      expect(() => encodeHost(host, 1), host).to.throw(MqError, 'not an IPv4 or IPv6 address')
    }
    expect(() => encodeHost('127.0.0.1', 65_536)).to.throw(MqError)
    expect(() => decodeHost(Buffer.alloc(7))).to.throw(MqError, '8 or 20 bytes')
  })

  it('come back as they went, IPv6 in the shortest form', () => {
    const address = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.array(fc.constantFrom(0, 0, 0, 16, 255), { minLength: 16, maxLength: 16 }).map(bytes => Uint8Array.from(bytes))
    )
    fc.assert(
      fc.property(address, fc.nat(0xffff), (bytes, port) => {
        const host = Buffer.concat([bytes, Buffer.from([0, 0, port >> 8, port & 0xff])])
        const text = decodeHost(host)
        if (bytes.length === 16) {
          expect(isIPv6(text.host), text.host).to.equal(true)
          expect(text.host).to.equal(new URL(`http://[${text.host}]`).hostname.slice(1, -1))
        }
        expect(encodeHost(text.host, text.port).toString('hex')).to.equal(host.toString('hex'))
      }),
      { numRuns: 1000 }
    )
  })
})
