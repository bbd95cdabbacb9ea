import { expect } from 'chai'
import { MqError } from '../../src/kit/errors.ts'
import { addressFor, parseAdvertise, readAdvertised, writeAdvertised } from '../../src/remoting/advertise.ts'

const at = (host: string, port = 50_000) => ({ host, port })
const ends = (remote: string, local: string) => ({ remote: at(remote), local: at(local, 9876) })
const ownHost = ends('127.0.0.1', '127.0.0.1')
const otherHost = ends('10.0.0.7', '10.0.0.5')

const registered = '172.17.0.2:10911'
const everywhere = { rules: [], listeners: ['0.0.0.0:10911', '[::]:10911'], fixed: false }

describe('which address of a broker is told to whom', () => {
  it('a broker that says nothing about it (Apache): the registered one', () => {
    expect(addressFor(registered, undefined, { asker: ownHost, registrant: ownHost })).to.equal(registered)
  })

  it('the first rule that matches the asker wins, before all else', () => {
    const rules = parseAdvertise(
      '192.168.0.0/16=nat.example:20911; 127.0.0.1=loop.example:1;fd00::/8=[fd00::9]:7;*=all.example:2'
    )
    const advertised = { ...everywhere, rules }
    const told = (host: string) =>
      addressFor(registered, advertised, { asker: ends(host, '127.0.0.1'), registrant: ownHost })
    expect(told('192.168.3.4')).to.equal('nat.example:20911')
    expect(told('127.0.0.1')).to.equal('loop.example:1')
    expect(told('fd00::1234')).to.equal('[fd00::9]:7')
    expect(told('192.169.0.1')).to.equal('all.example:2')
    expect(told('::1')).to.equal('all.example:2')
  })

  it('an asker on this machine reaches a broker of this machine over loopback', () => {
    expect(addressFor(registered, everywhere, { asker: ownHost, registrant: ownHost })).to.equal('127.0.0.1:10911')
    const self = ends('10.0.0.5', '10.0.0.5')
    expect(addressFor(registered, everywhere, { asker: ownHost, registrant: self })).to.equal('127.0.0.1:10911')
    const v6 = { rules: [], listeners: ['[::1]:10911'], fixed: false }
    expect(addressFor(registered, v6, { asker: ends('::1', '::1'), registrant: ownHost })).to.equal('[::1]:10911')
  })

  it('but only if the broker listens there', () => {
    const elsewhere = { rules: [], listeners: ['172.17.0.2:10911'], fixed: false }
    expect(addressFor(registered, elsewhere, { asker: ownHost, registrant: ownHost })).to.equal(registered)
  })

  it('an asker from outside is told the address at which it reached us', () => {
    const asker = ends('10.0.0.9', '10.0.0.5')
    expect(addressFor(registered, everywhere, { asker, registrant: ownHost })).to.equal('10.0.0.5:10911')
    const one = { rules: [], listeners: ['10.0.0.5:10911'], fixed: false }
    expect(addressFor(registered, one, { asker, registrant: ownHost })).to.equal('10.0.0.5:10911')
    const other = { rules: [], listeners: ['10.0.0.6:10911'], fixed: false }
    expect(addressFor(registered, other, { asker, registrant: ownHost })).to.equal(registered)
  })

  it('unless the operator chose the registered address', () => {
    const asker = ends('10.0.0.9', '10.0.0.5')
    const fixed = { ...everywhere, fixed: true }
    expect(addressFor(registered, fixed, { asker, registrant: ownHost })).to.equal(registered)
    expect(addressFor(registered, fixed, { asker: ownHost, registrant: ownHost })).to.equal('127.0.0.1:10911')
  })

  it('a broker of another machine is never given our own addresses', () => {
    expect(addressFor(registered, everywhere, { asker: ownHost, registrant: otherHost })).to.equal(registered)
    expect(addressFor(registered, everywhere, { asker: otherHost, registrant: otherHost })).to.equal(registered)
  })
})

describe('advertise rules', () => {
  it('auto is no rule, and may stand beside rules', () => {
    expect(parseAdvertise('auto')).to.deep.equal([])
    expect(parseAdvertise('')).to.deep.equal([])
    expect(parseAdvertise('*=h:1;auto')).to.deep.equal([{ clients: '*', address: 'h:1' }])
  })

  for (const bad of [
    '10.0.0.0/8',
    '=h:1',
    '10.0.0.0/33=h:1',
    'x/8=h:1',
    '*=h',
    '*=h:0',
    '::/129=h:1',
    '10.0.0.1/=h:1'
  ]) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      expect(() => parseAdvertise(bad)).to.throw(MqError, 'CLIENTS=HOST:PORT')
    })
  }

  it('travel with the registration', () => {
    const advertised = { rules: parseAdvertise('10.0.0.0/8=h:1'), listeners: ['0.0.0.0:10911'], fixed: true }
    expect(readAdvertised(writeAdvertised(advertised))).to.deep.equal(advertised)
  })

  it('what cannot be read is left out, and never throws', () => {
    for (const text of [undefined, '', 'x', '[]]', 'null', '7', 'x'.repeat(5000)]) {
      expect(readAdvertised(text)).to.equal(undefined)
    }
    const odd =
      '{"rules":[1,null,{"clients":"bad","address":"h:1"},{"clients":"*","address":"h:1"}],"listeners":[3,"x","h:1"],"fixed":"yes","__proto__":{"fixed":true}}'
    expect(readAdvertised(odd)).to.deep.equal({
      rules: [{ clients: '*', address: 'h:1' }],
      listeners: ['h:1'],
      fixed: false
    })
    expect(readAdvertised('[]')).to.deep.equal({ rules: [], listeners: [], fixed: false })
  })
})
