import { isIP } from 'node:net'
import { expect } from 'chai'
import { advertisedHost, isLoopback } from '../../../src/broker/registration/addresses.ts'

describe('addresses of a broker', () => {
  it('know what only this machine can reach', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost', 'LOCALHOST'])
      expect(isLoopback(host)).to.equal(true)
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.com', ''])
      expect(isLoopback(host)).to.equal(false)
  })

  it('tell clients what the operator says, or what is bound, or an address of the machine', () => {
    expect(advertisedHost('192.0.2.1', '0.0.0.0')).to.equal('192.0.2.1')
    expect(advertisedHost('', '127.0.0.1')).to.equal('127.0.0.1')
    expect(advertisedHost('', 'localhost')).to.equal('127.0.0.1')
    expect(advertisedHost('', '10.1.2.3')).to.equal('10.1.2.3')
    const chosen = advertisedHost('', '0.0.0.0')
    expect(isIP(chosen)).to.be.greaterThan(0)
    expect(chosen).not.to.equal('0.0.0.0')
  })
})
