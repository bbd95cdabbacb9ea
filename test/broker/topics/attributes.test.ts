import { expect } from 'chai'
import {
  alterAttributes,
  groupAttributes,
  parseAttributes,
  topicAttributes
} from '../../../src/broker/topics/attributes.ts'

describe('attributes', () => {
  const alter = (text: string, current?: Record<string, string>) =>
    alterAttributes(topicAttributes, current, parseAttributes(text))
  const refusal = (text: string, current?: Record<string, string>): string => {
    try {
      alter(text, current)
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }

  it('are set and removed', () => {
    expect(alter('')).to.deep.equal({})
    expect(alter('+message.type=FIFO,+reserve.time=-1')).to.deep.equal({ 'message.type': 'FIFO', 'reserve.time': '-1' })
    expect(alter('-message.type,+reserve.time=7', { 'message.type': 'FIFO' })).to.deep.equal({ 'reserve.time': '7' })
  })

  it('are refused in Java’s words', () => {
    expect(refusal('message.type=FIFO')).to.equal('add/alter attribute format is wrong: message.type')
    expect(refusal('message.type')).to.equal('delete attribute format is wrong: message.type')
    expect(refusal('+message.type=FIFO,+message.type=DELAY')).to.equal('key duplication: +message.type')
    expect(refusal('+message.type=FIFO,-message.type', { 'message.type': 'FIFO' })).to.include('alter duplication key')
    expect(refusal('+=1')).to.equal('kv string format wrong.')
    expect(refusal('+reserve.time=-2')).to.include('value is not in range(-1,')
    expect(refusal('+reserve.time=x')).to.include('value is not in range')
    expect(refusal('+__proto__=1')).to.equal('unsupported key: __proto__')
    expect(refusal('+constructor=1')).to.equal('unsupported key: constructor')
  })

  it('of a group are its own', () => {
    const set = (name: string, value: string) => alterAttributes(groupAttributes, {}, [[`+${name}`, value]])
    expect(set('lite.bind.topic', 'Parent')).to.deep.equal({ 'lite.bind.topic': 'Parent' })
    expect(() => set('lite.bind.topic', 'a b')).to.throw('blanks')
    expect(() => set('message.type', 'FIFO')).to.throw('unsupported key')
  })
})
