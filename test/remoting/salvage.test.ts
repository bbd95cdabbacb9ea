import { expect } from 'chai'
import { salvage } from '../../src/remoting/salvage.ts'
import { binaryHeader, frameOf } from '../support/raw-client.ts'

const salvaged = (header: Buffer, form = 0) => {
  const frame = frameOf(header, Buffer.from('body'), form)
  return salvage(frame, 4, frame.length)
}

describe('salvage', () => {
  it('finds opaque and flag in a JSON header that is broken', () => {
    expect(salvaged(Buffer.from('{"code":x,"opaque":-17,"flag":2'))).to.deep.equal({
      form: 0,
      opaque: -17,
      response: false,
      oneWay: true
    })
    expect(salvaged(Buffer.from('{"extFields":{{{"flag":1,"opaque": 5 }'))?.response).to.equal(true)
  })

  it('finds them at the far end of a header that is too long to be searched', () => {
    const long = `{"extFields":{"a":"${'x'.repeat(200_000)}},"flag":0,"language":"JAVA","opaque":99,"version":5}`
    expect(salvaged(Buffer.from(long))?.opaque).to.equal(99)
  })

  it('does not take a text for the field', () => {
    expect(salvaged(Buffer.from('{"remark":"\\"opaque\\":4'))).to.equal(undefined)
  })

  it('finds them in a binary header', () => {
    const header = binaryHeader(105, {}, { opaque: 1234, flag: 2 }).subarray(0, 13)
    expect(salvaged(header, 1)).to.deep.equal({ form: 1, opaque: 1234, response: false, oneWay: true })
  })

  it('gives up on what is no header', () => {
    expect(salvaged(Buffer.from('{"opaque":99999999999}'))).to.equal(undefined)
    expect(salvaged(Buffer.from('{"opaque":4294967296}'))).to.equal(undefined)
    expect(salvaged(Buffer.from('"opaque":1'), 7)).to.equal(undefined)
    expect(salvaged(Buffer.alloc(12), 1)).to.equal(undefined)
    expect(salvage(Buffer.alloc(3), 0, 3)).to.equal(undefined)
    expect(salvage(Buffer.from([0, 0xff, 0xff, 0xff, 1]), 0, 5)).to.equal(undefined)
  })
})
