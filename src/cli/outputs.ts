/** The forms in which a result is printed for scripts: `-o json|yaml|csv|name|template=…`, `--columns`, `--sort`. Pure. */
import { createRequire } from 'node:module'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'

export const outputNames = ['table', 'wide', 'json', 'yaml', 'csv', 'name'] as const

export interface Format {
  readonly kind: (typeof outputNames)[number] | 'template'
  /** Of `template=…`. */
  readonly template?: string
}

/** Reads `-o`. Throws MQ_USAGE. */
export const parseFormat = (text: string): Format => {
  const template = /^template=([\s\S]*)$/.exec(text)
  if (template !== null) return { kind: 'template', template: template[1]! }
  const kind = outputNames.find(name => name === text)
  if (kind !== undefined) return { kind }
  const meant = nearest(text, outputNames)
  throw new MqError('MQ_USAGE', `there is no output ${JSON.stringify(text)}`, {
    suggestions: [
      ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
      `one of ${outputNames.join(', ')}, template='{{field}} …'`
    ]
  })
}

/** What was asked for in the words of a command line, before the parser has read them. */
export const formatWish = (argv: readonly string[]): string | undefined => {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  let found: string | undefined
  for (const [at, word] of words.entries()) {
    if (word === '--json') found = 'json'
    else if (word === '-o' || word === '--output') found = words[at + 1] ?? found
    else if (word.startsWith('--output=')) found = word.slice('--output='.length)
    else if (/^-o./.test(word)) found = word.slice(2)
  }
  return found
}

type Item = Readonly<Record<string, unknown>>

export interface Shaping {
  /** Names of fields, or of paths such as `brokers.0`. */
  readonly columns?: readonly string[] | undefined
  /** A field; `-field` for the other way round. */
  readonly sort?: string | undefined
  readonly header: boolean
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The rows of a result: a list's items, or the value itself. */
export const itemsOf = (result: unknown): readonly Item[] => {
  if (isItem(result) && Array.isArray(result['items'])) return result['items'].filter(isItem)
  return isItem(result) ? [result] : []
}

/** The value at a path of names; undefined where there is none. */
export const fieldOf = (item: unknown, path: string): unknown => {
  if (isItem(item) && Object.hasOwn(item, path)) return item[path]
  let value = item
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Item)[name]
  }
  return value
}

/** All names of fields, in the order in which they first come. */
const fieldsOf = (items: readonly Item[]): string[] => [...new Set(items.flatMap(item => Object.keys(item)))]

/** Whether a field is told by the items: an optional one that none of them has is not, and is no mistake either. */
const known = (items: readonly Item[], path: string): boolean =>
  items.length === 0 || items.some(item => fieldOf(item, path) !== undefined)

/** Throws MQ_USAGE with the names that there are. */
const checkFields = (items: readonly Item[], paths: readonly string[]): void => {
  for (const path of paths) {
    if (known(items, path)) continue
    const fields = fieldsOf(items)
    const meant = nearest(path, fields)
    throw new MqError('MQ_USAGE', `the result has no field ${path}`, {
      suggestions: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), `fields: ${fields.join(', ')}`]
    })
  }
}

/** Numbers as numbers, all else as text; what has no value comes last. */
export const compareValues = (left: unknown, right: unknown): number => {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [a, b] = [cellText(left), cellText(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** A sorted copy; `value` gives what is compared. */
export const sorted = <Row>(rows: readonly Row[], descending: boolean, value: (row: Row) => unknown): Row[] =>
  [...rows].sort((left, right) => {
    const [a, b] = [value(left), value(right)]
    const order = compareValues(a, b)
    return descending && a !== undefined && b !== undefined ? -order : order
  })

export const sortKey = (sort: string): { readonly name: string; readonly descending: boolean } =>
  sort.startsWith('-') ? { name: sort.slice(1), descending: true } : { name: sort, descending: false }

const shapedItems = (items: readonly Item[], { sort }: Shaping): readonly Item[] => {
  if (sort === undefined) return items
  const { name, descending } = sortKey(sort)
  checkFields(items, [name])
  return sorted(items, descending, item => fieldOf(item, name))
}

/** The result with the rows and fields that were asked for. */
const shaped = (result: unknown, shaping: Shaping): unknown => {
  const { columns, sort } = shaping
  if (columns === undefined && sort === undefined) return result
  const rows = shapedItems(itemsOf(result), shaping)
  if (columns !== undefined) checkFields(rows, columns)
  const picked = columns === undefined ? rows : rows.map(row => pick(row, columns))
  return isItem(result) && Array.isArray(result['items']) ? { ...result, items: picked } : picked[0]
}

const pick = (item: Item, columns: readonly string[]): Item =>
  Object.fromEntries(
    columns.map(name => [name, fieldOf(item, name)] as const).filter(([, value]) => value !== undefined)
  )

/** One value as text in one cell. */
const cellText = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value) && value.every(entry => typeof entry !== 'object')) return value.join(',')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

// A cell that begins so is a formula to spreadsheets; the quote before it is what they show text with.
const formula = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/

const csvCell = (value: unknown): string => {
  const text = cellText(value)
  const safe = typeof value === 'string' && formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csv = (items: readonly Item[], shaping: Shaping): string[] => {
  const columns = shaping.columns ?? fieldsOf(items)
  checkFields(items, columns)
  const lines = items.map(item => columns.map(name => csvCell(fieldOf(item, name))).join(','))
  return shaping.header && columns.length > 0 ? [columns.map(csvCell).join(','), ...lines] : lines
}

const escapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['\\', '\\']
])

const fill = (items: readonly Item[], template: string): string[] => {
  const text = template.replaceAll(/\\([nt\\])/g, (_, letter: string) => escapes.get(letter)!)
  const place = /\{\{\s*([\w.-]+)\s*\}\}/g
  checkFields(
    items,
    [...text.matchAll(place)].map(match => match[1]!)
  )
  return items.map(item => text.replaceAll(place, (_, path: string) => cellText(fieldOf(item, path))))
}

const require = createRequire(import.meta.url)

/** The lines of a result in a form for scripts; `nameField` is what `-o name` prints of each row, its first field unless told. */
export const printed = (result: unknown, format: Format, shaping: Shaping, nameField?: string): string[] => {
  const items = (): readonly Item[] => shapedItems(itemsOf(result), shaping)
  switch (format.kind) {
    case 'yaml':
      return [yamlOf(shaped(result, shaping))]
    case 'csv':
      return csv(items(), shaping)
    case 'name':
      return items().map(item => cellText(item[nameField ?? Object.keys(item)[0] ?? '']))
    case 'template':
      return fill(items(), format.template ?? '')
    default:
      return [JSON.stringify(shaped(result, shaping), undefined, 2)]
  }
}

/** Long texts stay on one line: what folds reads badly and costs. */
const yamlOf = (value: unknown): string => {
  const { stringify } = require('yaml') as typeof import('yaml')
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd()
}
