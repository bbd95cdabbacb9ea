import { expect } from 'chai'
import { parseOffsets, parseTime } from '../../src/cli/offsets.ts'
import { MqError } from '../../src/kit/errors.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const at = (timeMs: number): object => ({ at: 'time', timeMs })
const offset = (value: number): object => ({ at: 'offset', offset: value })
const start = { at: 'start' }
const end = { at: 'end' }

describe('offsets', () => {
  const cases: [text: string, range: object][] = [
    ['start', { from: start }],
    ['end', { from: end }],
    [':end', { from: start, to: end }],
    ['+10', { from: { at: 'after-start', messages: 10 } }],
    ['-10', { from: { at: 'before-end', messages: 10 } }],
    ['7', { from: offset(7) }],
    ['7:', { from: offset(7) }],
    [':7', { from: start, to: offset(7) }],
    ['7:9', { from: offset(7), to: offset(9) }],
    ['7:end', { from: offset(7), to: end }],
    ['@1795521600000', { from: at(1795521600000) }],
    ['@1795521600', { from: at(1795521600000) }],
    ['@2026-11-24', { from: at(Date.parse('2026-11-24T00:00:00Z')) }],
    ['@2026-11-24T10:00:00Z', { from: at(Date.parse('2026-11-24T10:00:00Z')) }],
    ['@-90m', { from: at(now - 90 * 60_000) }],
    ['@-90m:', { from: at(now - 90 * 60_000) }],
    ['@:-1h', { from: start, to: at(now - 3_600_000) }],
    ['@-90m:-30m', { from: at(now - 5_400_000), to: at(now - 1_800_000) }],
    ['@-1d:end', { from: at(now - 86_400_000), to: end }],
    [
      '@2026-11-24T10:00:00Z:2026-11-24T11:30:00+01:00',
      { from: at(Date.parse('2026-11-24T10:00:00Z')), to: at(Date.parse('2026-11-24T10:30:00Z')) }
    ]
  ]
  for (const [text, range] of cases) {
    it(text, () => expect(parseOffsets(text, now)).to.deep.equal(range))
  }

  for (const text of [
    '',
    ':',
    '@',
    '@:',
    'middle',
    '1:2:3',
    '9:7',
    '@-1h:-2h',
    '+',
    '-',
    '1.5',
    '99999999999999999999',
    '@2026-13-40'
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseOffsets(text, now))
        .to.throw(MqError)
        .with.property('code', 'MQ_USAGE')
    })
  }

  it('reads no time out of what is none', () => {
    for (const text of ['', 'now', '12', '-90', '-90x', '2026-11-24T10:00'])
      expect(parseTime(text, now)).to.equal(undefined)
  })
})
