/**
 * JSON as Java's fastjson and fastjson2 read and write it. Besides the standard they take integers, bare words and
 * whole objects as keys (`{0:"a"}`, `{{"queueId":1}:{}}`), single quotes, comments and trailing commas; and brokers
 * write the first two of these. Objects become Maps, so that no key of a peer (`__proto__`) touches a prototype.
 */
import { JsonParser, type ParseLimits } from './json-parser.ts'
import { JsonWriter } from './json-writer.ts'

const bodyLimits: ParseLimits = {
  depthMax: 64,
  entriesMax: Number.POSITIVE_INFINITY,
  valuesMax: 1_000_000,
  numbersAsText: false,
  errorCode: 'MQ_BODY_INVALID'
}

/** Parses one value. Throws MQ_BODY_INVALID (or the given code) with the position of the fault. Empty input is null, as in Java. */
export const parseJson = (input: string | Buffer, limits: Partial<ParseLimits> = {}): unknown => {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  return new JsonParser(bytes, { ...bodyLimits, ...limits }).document()
}

export interface WriteOptions {
  /** Only standard JSON: integer keys quoted, everything beyond ASCII escaped. */
  readonly standard: boolean
}

/**
 * Writes a value as Apache does: names of plain objects sorted, null and undefined left out, Maps in their own order.
 * A Map's key decides the form: text is quoted, a number is not, an object is written as an object.
 */
export const writeJson = (value: unknown, options: WriteOptions = { standard: false }): string =>
  new JsonWriter(options.standard).text(value)

/** `writeJson` as the body of a command. */
export const jsonBody = (value: unknown, options?: WriteOptions): Buffer => Buffer.from(writeJson(value, options))
