import { expect } from 'chai'
import { type CheckRule, checkRules, judge, reportOf, rulesOf, worst } from '../../src/admin/check-rules.ts'

const above: CheckRule = { subject: 'group', name: 'lag', what: 'x', unit: '', bad: 'above', warn: 5, crit: 10 }
const below: CheckRule = { subject: 'group', name: 'members', what: 'x', unit: '', bad: 'below', crit: 2 }
const none = new Map()

describe('check rules', () => {
  it('takes the limit itself as good', () => {
    expect([5, 6, 10, 11].map(value => judge(above, value, none).status)).to.deep.equal([
      'OK',
      'WARNING',
      'WARNING',
      'CRITICAL'
    ])
    expect([1, 2, 3].map(value => judge(below, value, none).status)).to.deep.equal(['CRITICAL', 'OK', 'OK'])
  })

  it('lets given limits go before those of the rule, one by one', () => {
    const limits = new Map([['lag', { warn: 1 }]])
    expect([1, 2, 11].map(value => judge(above, value, limits).status)).to.deep.equal(['OK', 'WARNING', 'CRITICAL'])
  })

  it('is UNKNOWN without a figure, where there is a limit for it', () => {
    expect(judge(above, undefined, none))
      .to.include({ status: 'UNKNOWN' })
      .and.not.to.have.property('value')
    const { warn: _, crit: __, ...free } = above
    expect(judge(free, undefined, none).status).to.equal('OK')
    expect(reportOf('group', 'g', []).code).to.equal(3)
  })

  it('takes a known trouble for worse than an unknown one', () => {
    expect(worst(['OK', 'UNKNOWN', 'WARNING'])).to.equal('WARNING')
    expect(worst(['UNKNOWN', 'OK'])).to.equal('UNKNOWN')
    expect(worst(['WARNING', 'CRITICAL'])).to.equal('CRITICAL')
  })

  it('has names that are unique within their subject, and limits in the right order', () => {
    for (const rule of checkRules) {
      expect(rulesOf(rule.subject).filter(({ name }) => name === rule.name)).to.have.length(1)
      const { warn, crit, bad } = rule
      if (warn !== undefined && crit !== undefined) expect(bad === 'above' ? warn < crit : warn > crit).to.equal(true)
    }
  })
})
