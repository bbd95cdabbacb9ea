/** Tag filters. */
import { expect } from 'chai'
import { type TagSubscription, tagTest } from '../../src/filter/tags.ts'
import { MqError } from '../../src/kit/errors.ts'
import { javaHashCode } from '../../src/protocol/tags-code.ts'

const passes = (subscription: TagSubscription, ...tags: string[]): boolean[] => {
  const test = tagTest(subscription)
  return tags.map(tag => test === undefined || test(javaHashCode(tag)))
}

const refusal = (subscription: TagSubscription): MqError => {
  try {
    tagTest(subscription)
  } catch (error) {
    if (error instanceof MqError) return error
  }
  throw new Error('was not refused')
}

describe('tag filters', () => {
  it('of nothing or * let everything through, without a test for each message', () => {
    for (const subString of ['', '*', ' * ']) expect(tagTest({ subString }), subString).to.equal(undefined)
  })

  it('let exactly their tags through', () => {
    expect(passes({ subString: 'TagA' }, 'TagA', 'TagB', '')).to.deep.equal([true, false, false])
    expect(passes({ subString: ' TagA||TagB || ' }, 'TagA', 'TagB', 'TagC')).to.deep.equal([true, true, false])
  })

  it('keep a message without a tag out', () => {
    expect(tagTest({ subString: 'TagA' })!(0)).to.equal(false)
  })

  it('compare 32 bits, however far the sign was extended', () => {
    const tag = 'polygenelubricants'
    const test = tagTest({ subString: tag })!
    expect(test(javaHashCode(tag))).to.equal(true)
    expect(test(javaHashCode(tag) + 2 ** 32)).to.equal(true)
  })

  it("take a client's codes as numbers or text, and its own tags whatever the codes say", () => {
    const codeSet = ['2598920', 2_598_921, 'none']
    expect(passes({ subString: 'TagA', codeSet }, 'TagA', 'TagB', 'TagC', 'TagD')).to.deep.equal([
      true,
      true,
      true,
      false
    ])
    expect(passes({ subString: '支付', codeSet: ['-1'] }, '支付')).to.deep.equal([true])
  })

  it('refuse SQL92, unknown types, empty and endless expressions with code 23', () => {
    const bad: TagSubscription[] = [
      { subString: 'a > 1', expressionType: 'SQL92' },
      { subString: 'x', expressionType: 'XPATH' },
      { subString: '||' },
      { subString: 'x'.repeat(8193) }
    ]
    for (const subscription of bad) expect(refusal(subscription).responseCode).to.equal(23)
    expect(refusal(bad[0]!).message).to.contain('SQL92')
    expect(tagTest({ subString: '*', expressionType: 'TAG' })).to.equal(undefined)
  })
})
