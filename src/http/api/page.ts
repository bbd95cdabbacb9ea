/** A page of a list: what matches, in the wished order, with the wished fields, from where the last page ended. Pure. */
import { MqError } from '../../kit/errors.ts'
import { type Answer, text, whole } from './endpoint.ts'

export const paging = {
  limit: { ...whole(1, 1000), default: 100 },
  cursor: { ...text(16_000), description: '`next` of the page before' },
  match: { ...text(), description: 'only names that contain this text' },
  sort: {
    ...text(64),
    pattern: '^-?[A-Za-z][A-Za-z0-9]*$',
    description: 'a field of the rows; `-` before it turns it round'
  },
  filter: {
    type: 'array',
    maxItems: 8,
    items: { ...text(), pattern: '^[A-Za-z][A-Za-z0-9]*(!=|>=|<=|=|>|<|~)' },
    description: 'only rows whose field is so: `lag>100`, `type=FIFO`, `topic~ord` (contains); several must all hold'
  },
  fields: {
    ...text(512),
    pattern: '^[A-Za-z][A-Za-z0-9]*(,[A-Za-z][A-Za-z0-9]*)*$',
    description: 'only these fields of each row, with commas'
  }
}

export interface PageQuery {
  readonly limit: number
  readonly cursor?: string
  readonly match?: string
  readonly sort?: string
  readonly filter?: readonly string[]
  readonly fields?: string
}

interface Keyed<Item> {
  /** Names the row; unique in the list. */
  readonly key: string
  /** What the rows are sorted by before the key. */
  readonly value: string | number | null
  readonly item: Item
}

/** One page of a list whose rows `keyOf` names. The cursor holds the last row's place, so a change in between moves nothing. */
export const page = <Item extends object>(
  { items, warnings }: { readonly items: readonly Item[]; readonly warnings: readonly string[] },
  { limit, cursor, match, sort, filter = [], fields }: PageQuery,
  keyOf: (item: Item) => string
): Answer => {
  const descending = sort?.startsWith('-') === true
  const field = sort?.replace(/^-/, '')
  const tests = filter.map(testOf)
  const order = (left: Place, right: Place): number =>
    compare(left.value, right.value) * (descending ? -1 : 1) || compare(left.key, right.key)
  const after = cursor === undefined ? undefined : decode(cursor, sort)
  const wanted = items
    .map((item): Keyed<Item> => ({ key: keyOf(item), value: field === undefined ? null : fieldOf(item, field), item }))
    .filter(({ key, item }) => (match === undefined || key.includes(match)) && tests.every(test => test(item)))
    .filter(row => after === undefined || order(row, after) > 0)
    .sort(order)
  const shown = wanted.slice(0, limit)
  const truncated = wanted.length > shown.length
  const next = truncated ? encode(shown.at(-1)!, sort) : null
  const names = fields?.split(',')
  return { body: { items: shown.map(({ item }) => (names ? only(item, names) : item)), truncated, next, warnings } }
}

type Place = Pick<Keyed<unknown>, 'key' | 'value'>

const fieldOf = (item: object, field: string): string | number | null => {
  const value = Object.hasOwn(item, field) ? (item as Readonly<Record<string, unknown>>)[field] : undefined
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return Number(value)
  return Array.isArray(value) ? value.join(',') : null
}

/** What has no value comes first; numbers before texts. */
const compare = (left: string | number | null, right: string | number | null): number => {
  if (left === right) return 0
  if (left === null || right === null) return left === null ? -1 : 1
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1
  return left < right ? -1 : 1
}

const only = (item: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)))

const testOf = (filter: string): ((item: object) => boolean) => {
  const [, field, sign, wished] = /^([A-Za-z][A-Za-z0-9]*)(!=|>=|<=|=|>|<|~)(.*)$/s.exec(filter)!
  const asNumber = Number(wished)
  if (/[<>]/.test(sign!) && (wished!.trim() === '' || Number.isNaN(asNumber))) {
    throw new MqError('MQ_USAGE', `the filter ${filter} compares with something that is no number`)
  }
  return item => {
    const value = fieldOf(item, field!)
    if (sign === '~') return String(value ?? '').includes(wished!)
    if (sign === '=' || sign === '!=') return (textOf(item, field!, value) === wished) === (sign === '=')
    if (typeof value !== 'number') return false
    if (sign === '>') return value > asNumber
    if (sign === '<') return value < asNumber
    return sign === '>=' ? value >= asNumber : value <= asNumber
  }
}

const textOf = (item: object, field: string, value: string | number | null): string => {
  const own = (item as Readonly<Record<string, unknown>>)[field]
  return typeof own === 'boolean' ? String(own) : String(value ?? '')
}

/** A cursor belongs to the order that it was made in. */
const encode = ({ key, value }: Place, sort = ''): string =>
  Buffer.from(JSON.stringify([sort, value, key])).toString('base64url')

const decode = (cursor: string, sort = ''): Place => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const [given, value, key] = parsed as [unknown, unknown, unknown]
    const isValue = value === null || typeof value === 'string' || typeof value === 'number'
    if (given === sort && isValue && typeof key === 'string') return { key, value }
  } catch {
    // Said below.
  }
  throw new MqError('MQ_USAGE', 'the cursor is not one that a page of this list and order gave')
}
