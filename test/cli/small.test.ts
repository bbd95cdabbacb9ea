import { expect } from 'chai'
import { parseDuration } from '../../src/cli/flags.ts'
import { messageLines } from '../../src/cli/message-lines.ts'
import { namePattern } from '../../src/cli/name-pattern.ts'
import { numberBytes, numberForms, readNumber } from '../../src/cli/number-forms.ts'
import { problemOf, problemText } from '../../src/cli/problem.ts'
import { parseSettings } from '../../src/cli/settings.ts'
import { durationText } from '../../src/cli/status-lines.ts'
import { topicSpec } from '../../src/cli/topic-spec.ts'
import { MqError } from '../../src/kit/errors.ts'

describe('durations', () => {
  it('are read and written', () => {
    expect(['500ms', '5s', '2m', '1h', '3', '1.5s'].map(parseDuration)).to.deep.equal([
      500, 5000, 120_000, 3_600_000, 3000, 1500
    ])
    expect(() => parseDuration('soon')).to.throw(MqError)
    expect([0, 999, 61_000, 3_600_000, 90_000_000].map(durationText)).to.deep.equal([
      '0s',
      '0s',
      '1m 1s',
      '1h',
      '1d 1h'
    ])
  })
})

describe('number forms', () => {
  it('read what they wrote', () => {
    for (const form of numberForms) expect(readNumber(numberBytes(97, form), form), form).to.equal(97)
    expect(readNumber(Buffer.from('x'), 'ascii')).to.equal(undefined)
    expect(readNumber(Buffer.alloc(8, 255), 'be64')).to.equal(undefined)
  })
})

describe('problems', () => {
  it('are a sentence, what to try, and a bug when they are none of ours', () => {
    const known = problemOf(new MqError('MQ_TIMEOUT', 'it took too long', { suggestions: ['wait', 'hurry'] }), 'mq x')
    expect(known).to.include({ errorCode: 'MQ_TIMEOUT', exitCode: 8, retryable: true, type: 'urn:mq:error:timeout' })
    expect(problemText(known, false)).to.equal('Error: it took too long\nTry this: wait\n      or: hurry')
    expect(problemOf(new TypeError('x is no function'), 'mq x')).to.include({ errorCode: 'MQ_INTERNAL', exitCode: 1 })
  })
})

describe('what people type', () => {
  it('becomes settings, patterns and topics, or a usage error', () => {
    expect(parseSettings(['a=1', 'b.c=x=y z'])).to.deep.equal([
      { key: 'a', value: '1' },
      { key: 'b.c', value: 'x=y z' }
    ])
    for (const text of ['a', '=1', 'a=1\nb=2']) expect(() => parseSettings([text]), text).to.throw(MqError)
    expect(namePattern('a|b').test('ab')).to.equal(false)
    const flags = { queues: 8, perm: 'RW' as const, attr: ['+cleanup.policy=DELETE', '__proto__x=1'] }
    expect(() => topicSpec('t', flags)).to.throw(MqError)
    expect(topicSpec('t', { ...flags, attr: ['a.b=c'], type: 'FIFO' }).attributes).to.deep.include({ 'a.b': 'c' })
  })
})

describe('a message for people', () => {
  it('shows no control characters of its sender', () => {
    const row = {
      topic: 't',
      brokerName: 'b',
      queueId: 0,
      queueOffset: 0,
      physicalOffset: 0,
      properties: {},
      sysFlag: 0
    }
    const more = {
      born: '',
      bornMs: 0,
      stored: '',
      storedMs: 0,
      bornHost: '',
      storeHost: '',
      reconsumeTimes: 0,
      storeSize: 1
    }
    const ids = { messageId: 'x\u001b[2J', offsetMessageId: 'y' }
    const lines = messageLines({ ...row, ...more, ...ids, body: 'a\n\u001b[31mb', bodyEncoding: 'utf8' })
    expect(lines.join('')).not.to.contain('\u001b')
    expect(lines.slice(-3)).to.deep.equal(['Body        a', '            \\x1b[31mb', ''])
  })
})
