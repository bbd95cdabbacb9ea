import { expect } from 'chai'
import { type ErrorCode, errorRows, MqError } from '../../src/kit/errors.ts'
import { errorAnswer, responseTo } from '../../src/remoting/dispatch.ts'

describe('dispatch', () => {
  it('every error has a response code, and keeps its sentence', () => {
    for (const code of Object.keys(errorRows) as ErrorCode[]) {
      const answer = errorAnswer(new MqError(code, 'the sentence'))
      expect(answer.code, code).to.be.greaterThan(0)
      expect(answer.remark).to.equal('the sentence')
    }
  })

  it('an error may carry a response code of its own', () => {
    expect(errorAnswer(new MqError('MQ_NOT_PERMITTED', 'x', { responseCode: 204 })).code).to.equal(204)
  })

  it('anything else that is thrown is a system error, in one line', () => {
    expect(errorAnswer(new Error('a\n  b'))).to.include({ code: 1, remark: 'system error: a b' })
    expect(errorAnswer('text')).to.include({ code: 1, remark: 'system error: text' })
    expect(errorAnswer(undefined)).to.include({ code: 1, remark: 'system error: undefined' })
  })

  it('a remark is never too long for a header', () => {
    expect(errorAnswer(new MqError('MQ_BODY_INVALID', 'x'.repeat(300_000))).remark).to.have.length(4096)
    expect(errorAnswer(new Error('x'.repeat(300_000))).remark).to.have.length(4096)
  })

  it('an answer has the response bit, and the opaque and form of its request', () => {
    const command = responseTo({ opaque: -9, form: 1 }, errorAnswer(new Error('x')))
    expect(command).to.include({ opaque: -9, form: 1, flag: 1, code: 1 })
  })
})
