import { expect } from 'chai'
import { MqError } from '../../src/kit/errors.ts'
import { formatAddress, parseAddress, plainHost } from '../../src/remoting/address.ts'

describe('addresses', () => {
  it('read as host and port, IPv6 with and without brackets', () => {
    expect(parseAddress('127.0.0.1:9876')).to.deep.equal({ host: '127.0.0.1', port: 9876 })
    expect(parseAddress('broker.example:1')).to.deep.equal({ host: 'broker.example', port: 1 })
    expect(parseAddress('[::1]:9876')).to.deep.equal({ host: '::1', port: 9876 })
    expect(parseAddress('fd00::2:9876')).to.deep.equal({ host: 'fd00::2', port: 9876 })
  })

  it('are written so that they read back', () => {
    for (const endpoint of [
      { host: '10.0.0.1', port: 65_535 },
      { host: '::1', port: 1 }
    ]) {
      expect(parseAddress(formatAddress(endpoint))).to.deep.equal(endpoint)
    }
  })

  for (const bad of ['', ':', 'host', 'host:', ':1', 'host:65536', 'host:-1', 'host:1x', '[]:1']) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      expect(() => parseAddress(bad)).to.throw(MqError, 'host:port')
    })
  }

  it('one host has one name', () => {
    expect(plainHost('::ffff:192.0.2.1')).to.equal('192.0.2.1')
    expect(plainHost('::1')).to.equal('::1')
  })
})
