/**
 * The JSON form of a header. Clients differ in what they write: numbers for texts, nulls, unknown fields and unknown
 * languages are all read as Java reads them.
 */
import { MqError } from '../kit/errors.ts'
import { extFieldsMax, type HeaderPart } from './command.ts'
import { parseJson } from './fastjson.ts'
import type { JsonObject } from './json-parser.ts'
import { languageName, languageNames, languageOrdinal, otherLanguage } from './languages.ts'

/** The header, its fields, and unknown things that newer peers may add. */
const depthMax = 8

/** The header as JSON text, its names in Java's (alphabetical) order. */
export const jsonHeader = (header: HeaderPart): string => {
  let fields = ''
  for (const [name, value] of header.fields) {
    fields += `${fields === '' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(value)}`
  }
  const remark = header.remark === undefined ? '' : `"remark":${JSON.stringify(header.remark)},`
  return (
    `{"code":${header.code},"extFields":{${fields}},"flag":${header.flag},` +
    `"language":"${languageName(header.language)}","opaque":${header.opaque},${remark}"version":${header.version}}`
  )
}

/** Reads the header in `bytes[start, end)`. Throws MQ_HEADER_INVALID. */
export const readJsonHeader = (bytes: Buffer, start: number, end: number): HeaderPart =>
  readPlain(bytes, start, end) ?? readLoose(bytes, start, end)

/** Within so many bytes no object has more entries than extFieldsMax, whatever they are. */
const plainBytesMax = 5 * extFieldsMax

/**
 * Reads what nearly every client writes: standard JSON with nothing but text in extFields. It is much faster than
 * the loose way. Undefined for anything else, which `readLoose` then reads or refuses; so both agree on every header.
 */
const readPlain = (bytes: Buffer, start: number, end: number): HeaderPart | undefined => {
  if (end - start > plainBytesMax) return undefined
  let header: Readonly<Record<string, unknown>>
  try {
    header = JSON.parse(bytes.toString('utf8', start, end))
  } catch {
    return undefined
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return undefined
  for (const name in header) if (name !== 'extFields' && typeof header[name] === 'object') return undefined
  const { code, language = otherName, version = 0, opaque = 0, flag = 0, remark, extFields = none } = header
  if (!isInt32(code) || !isInt32(version) || !isInt32(opaque) || !isInt32(flag)) return undefined
  if (typeof language !== 'string' || digits.test(language)) return undefined
  if (remark !== undefined && typeof remark !== 'string') return undefined
  if (typeof extFields !== 'object' || extFields === null || Array.isArray(extFields)) return undefined
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(extFields)) {
    // An object puts names that are numbers first; the loose way keeps the order of the text.
    if (typeof value !== 'string' || digits.test(name)) return undefined
    fields.set(name, value)
  }
  return { code, language: languageOrdinal(language), version, opaque, flag, remark, fields }
}

const none = {}
const otherName = 'OTHER'
const digits = /^\d/

const isInt32 = (value: unknown): value is number => typeof value === 'number' && Object.is(value | 0, value)

/** Reads a header as Java does: numbers for text, text for numbers, nulls and unknown things. */
const readLoose = (bytes: Buffer, start: number, end: number): HeaderPart => {
  const header = parseJson(bytes.subarray(start, end), {
    depthMax,
    entriesMax: extFieldsMax,
    numbersAsText: true,
    errorCode: 'MQ_HEADER_INVALID'
  })
  if (!(header instanceof Map)) throw new MqError('MQ_HEADER_INVALID', 'the JSON header is not an object')
  if (header.get('code') === undefined) throw new MqError('MQ_HEADER_INVALID', 'the JSON header has no code')
  return {
    code: integer(header, 'code'),
    language: language(header.get('language')),
    version: integer(header, 'version'),
    opaque: integer(header, 'opaque'),
    flag: integer(header, 'flag'),
    remark: scalar(header.get('remark'), 'remark'),
    fields: readFields(header.get('extFields'))
  }
}

/** A 32-bit number, written as a number or as text; absent = 0. */
const integer = (header: JsonObject, name: string): number => {
  const text = header.get(name) ?? '0'
  const value = typeof text === 'string' && /^[-+\d.eE]+$/.test(text) ? Number(text) : Number.NaN
  if ((value | 0) !== value) throw new MqError('MQ_HEADER_INVALID', `the header's ${name} is not a 32-bit number`)
  return value | 0
}

const language = (value: unknown): number => {
  if (typeof value !== 'string') return otherLanguage
  if (!/^\d{1,3}$/.test(value)) return languageOrdinal(value)
  const ordinal = Number(value)
  return ordinal < languageNames.length ? ordinal : otherLanguage
}

/** Texts as they are, numbers and booleans as text, null as absent. */
const scalar = (value: unknown, name: string): string | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  throw new MqError('MQ_HEADER_INVALID', `the header's ${name.slice(0, 64)} is neither text nor a number`)
}

const readFields = (value: unknown): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>()
  if (value === undefined || value === null) return fields
  if (!(value instanceof Map)) throw new MqError('MQ_HEADER_INVALID', "the header's extFields are not an object")
  for (const [name, field] of value as JsonObject) {
    if (typeof name !== 'string') throw new MqError('MQ_HEADER_INVALID', 'a name in extFields is not text')
    const text = scalar(field, name)
    if (text !== undefined) fields.set(name, text)
  }
  return fields
}
