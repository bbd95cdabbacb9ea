import { expect } from 'chai'
import { MqError } from '../../src/kit/errors.ts'
import { type Command, emptyBody, noFields } from '../../src/protocol/command.ts'
import { Calls } from '../../src/remoting/calls.ts'
import { manualClock } from '../support/manual-clock.ts'

const answerTo = (opaque: number): Command => ({
  code: 0,
  language: 0,
  version: 0,
  opaque,
  flag: 1,
  remark: undefined,
  fields: noFields,
  body: emptyBody,
  form: 0
})

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    error => (error as MqError).code
  )

describe('calls', () => {
  it('are completed by the answer of the same opaque, in any order', async () => {
    const calls = new Calls(manualClock(), 10)
    const opaques = [calls.nextOpaque(), calls.nextOpaque(), calls.nextOpaque()]
    const waiting = opaques.map(opaque => calls.wait(opaque, 'X', 1000))
    for (const opaque of opaques.toReversed()) expect(calls.complete(answerTo(opaque))).to.equal(true)
    expect((await Promise.all(waiting)).map(answer => answer.opaque)).to.deep.equal(opaques)
    expect(calls.size).to.equal(0)
  })

  it('end with MQ_TIMEOUT; a late answer completes nothing else', async () => {
    const clock = manualClock()
    const calls = new Calls(clock, 10)
    const late = calls.nextOpaque()
    const call = calls.wait(late, 'SEND to somewhere', 1000)
    clock.advance(999)
    const next = calls.nextOpaque()
    const other = calls.wait(next, 'X', 5000)
    clock.advance(1)
    expect(await codeOf(call)).to.equal('MQ_TIMEOUT')
    expect(calls.complete(answerTo(late))).to.equal(false)
    expect(calls.size).to.equal(1)
    calls.complete(answerTo(next))
    expect(await codeOf(other)).to.equal('answered')
    expect(clock.waiting, 'no timer is left').to.equal(0)
  })

  it('know when they are as many as may be, and all fail when the connection does', async () => {
    const clock = manualClock()
    const calls = new Calls(clock, 2)
    const waiting = [calls.wait(1, 'X', 1000), calls.wait(2, 'X', 1000)]
    expect(calls.full).to.equal(true)
    calls.failAll(new MqError('MQ_CONNECTION_CLOSED', 'gone'))
    expect(await Promise.all(waiting.map(codeOf))).to.deep.equal(['MQ_CONNECTION_CLOSED', 'MQ_CONNECTION_CLOSED'])
    expect(clock.waiting).to.equal(0)
  })

  it('an answer that nobody asked for is no harm', () => {
    expect(new Calls(manualClock(), 2).complete(answerTo(77))).to.equal(false)
  })
})
