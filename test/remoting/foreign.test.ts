import { expect } from 'chai'
import { recognise } from '../../src/remoting/foreign.ts'

describe('clients of other protocols', () => {
  for (const method of ['GET / HTTP/1.1', 'POST /x', 'HEAD /', 'OPTIONS *', 'DELETE /', 'PUT /x']) {
    it(`${method}: told in HTTP/1.1`, () => {
      const foreign = recognise(Buffer.from(method), 'the NameServer')
      expect(foreign?.sentence).to.contain('this is the NameServer')
      expect(foreign?.answer?.toString()).to.match(/^HTTP\/1\.1 400 .*\r\n(.*\r\n)*\r\nthis is the NameServer, .*\n$/)
    })
  }

  it('gRPC: told by SETTINGS and GOAWAY, with the sentence as debug data', () => {
    const foreign = recognise(Buffer.from('PRI * HTTP/2.0'), 'a broker')
    const answer = foreign!.answer!
    expect(foreign!.sentence).to.contain('8081')
    expect(answer.subarray(0, 9)).to.deep.equal(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    const goAway = answer.subarray(9)
    expect(goAway.readUIntBE(0, 3)).to.equal(goAway.length - 9)
    expect(goAway[3]).to.equal(7)
    expect(goAway.readUInt32BE(13)).to.equal(1)
    expect(goAway.toString('utf8', 17)).to.equal(foreign!.sentence)
  })

  it('TLS: nothing can be told, the log says it', () => {
    const foreign = recognise(Buffer.from([0x16, 3, 1, 2]), 'a broker')
    expect(foreign?.answer).to.equal(undefined)
    expect(foreign?.sentence).to.contain('TLS')
  })

  it('anything else is unknown', () => {
    expect(recognise(Buffer.from([0xff, 0xff, 0xff, 0xff]), 'a broker')).to.equal(undefined)
    expect(recognise(Buffer.from([0x16, 9, 9, 9]), 'a broker')).to.equal(undefined)
  })
})
