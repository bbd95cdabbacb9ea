/**
 * Attributes of topics and groups: which there are, and how a request changes them. `+name` sets, `-name` removes.
 * Java: TopicAttributes, SubscriptionGroupAttributes, AttributeParser, AttributeUtil.
 */
import { MqError } from '../../kit/errors.ts'
import { responseCodes } from '../../protocol/response-codes.ts'

export type Attributes = Readonly<Record<string, string>>

interface Rule {
  readonly values?: readonly string[]
  readonly range?: readonly [number, number]
  /** Only a creation may set it. */
  readonly fixed?: true
}

const whole = (min: number, max: number): Rule => ({ range: [min, max] })
const anyWhole = Number.MAX_SAFE_INTEGER

/** In the order in which Java's HashSet prints them. */
const messageTypes = ['UNSPECIFIED', 'MIXED', 'TRANSACTION', 'PRIORITY', 'FIFO', 'DELAY', 'LITE', 'NORMAL'] as const

export const topicAttributes: ReadonlyMap<string, Rule> = new Map([
  ['message.type', { values: messageTypes }],
  ['queue.type', { values: ['BatchCQ', 'SimpleCQ'], fixed: true }],
  ['cleanup.policy', { values: ['COMPACTION', 'DELETE'], fixed: true }],
  ['reserve.time', whole(-1, anyWhole)],
  ['lite.topic.expiration', whole(-1, 43_200)]
])

export const groupAttributes: ReadonlyMap<string, Rule> = new Map([
  ['priority.factor', whole(0, 100)],
  ['lite.bind.topic', {}],
  ['lite.sub.model', { values: ['Shared', 'Exclusive'] }],
  ['lite.sub.client.quota', whole(-1, anyWhole)],
  ['lite.sub.client.max.event.cnt', whole(10, anyWhole)],
  ['lite.sub.reset.offset.exclusive', { values: ['true', 'false'] }],
  ['lite.sub.reset.offset.unsubscribe', { values: ['true', 'false'] }],
  ['lite.sub.wildcard', { values: ['true', 'false'] }]
])

const refuse = (message: string): MqError =>
  new MqError('MQ_NOT_PERMITTED', message, { responseCode: responseCodes.SYSTEM_ERROR })

/** `+a=1,-b` as the header of a request carries it. */
export const parseAttributes = (text: string): ReadonlyMap<string, string> => {
  const parsed = new Map<string, string>()
  for (const part of text === '' ? [] : text.split(',')) {
    const equals = part.indexOf('=')
    const key = (equals < 0 ? part : part.slice(0, equals)).trim()
    const sign = equals < 0 ? '-' : '+'
    if (key[0] !== sign) {
      const form = sign === '+' ? 'add/alter attribute format is wrong' : 'delete attribute format is wrong'
      throw refuse(`${form}: ${key}`)
    }
    if (parsed.has(key)) throw refuse(`key duplication: ${key}`)
    parsed.set(key, equals < 0 ? '' : part.slice(equals + 1).trim())
  }
  return parsed
}

const check = (rule: Rule, value: string): void => {
  if (rule.values !== undefined && !rule.values.includes(value))
    throw refuse(`value is not in set: [${rule.values.join(', ')}]`)
  if (rule.range === undefined) {
    if (!/^[\x21-\x7e]{1,1024}$/.test(value)) throw refuse('value is empty, too long, or has blanks')
    return
  }
  const [min, max] = rule.range
  const number = /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= min && number <= max)) throw refuse(`value is not in range(${min}, ${max})`)
}

/** What is left of `current` (undefined = it is being created) after the changes. Throws with the reason as Java says it. */
export const alterAttributes = (
  rules: ReadonlyMap<string, Rule>,
  current: Attributes | undefined,
  changes: Iterable<readonly [string, string]>
): Attributes => {
  const altered = new Map(Object.entries(current ?? {}))
  const seen = new Set<string>()
  for (const [key, value] of changes) {
    const sign = key[0]
    const name = key.slice(1)
    if (name === '' || /[+-]/.test(name)) throw refuse('kv string format wrong.')
    if (seen.has(name)) throw refuse(`alter duplication key. key: ${name}`)
    seen.add(name)
    if (sign !== '+' && sign !== '-') throw refuse(`wrong format key: ${name}`)
    if (sign === '-' && current === undefined)
      throw refuse(`only add attribute is supported while creating topic. key: ${name}`)
    if (sign === '-' && !altered.has(name)) throw refuse(`attempt to delete a nonexistent key: ${name}`)
    const rule = rules.get(name)
    if (rule === undefined) throw refuse(`unsupported key: ${name}`)
    if (rule.fixed && current !== undefined) throw refuse(`attempt to update an unchangeable attribute. key: ${name}`)
    if (sign === '+') {
      check(rule, value)
      altered.set(name, value)
    } else altered.delete(name)
  }
  return Object.fromEntries(altered)
}
