/**
 * Header fields, described once. On the wire every field is text, in the JSON form as in the binary form;
 * a schema gives the TypeScript type of a header, its reader and its writer.
 * Java: CommandCustomHeader, @CFNotNull, @CFNullable.
 */
import { MqError } from '../kit/errors.ts'
import { longText } from './long.ts'

export interface Field<T, Required extends boolean = boolean> {
  readonly required: Required
  read(text: string, name: string): T
  write(value: T): string
}

const wrong = (name: string, text: string, expected: string): MqError =>
  new MqError(
    'MQ_HEADER_INVALID',
    `the header field ${name} is ${JSON.stringify(text.slice(0, 64))}, expected ${expected}`
  )

const integerPattern = /^[+-]?\d{1,19}$/

const integer = (min: number, max: number, expected: string): Field<number, true> => ({
  required: true,
  read(text, name) {
    const value = integerPattern.test(text) ? Number(text) : Number.NaN
    if (!(value >= min && value <= max)) throw wrong(name, text, expected)
    return value
  },
  write: value => String(value)
})

/** Any text, also the empty one. */
export const text: Field<string, true> = { required: true, read: value => value, write: value => value }

/** Java's int: a whole number of 32 bits. */
export const int = integer(-(2 ** 31), 2 ** 31 - 1, 'a whole number of 32 bits')

/**
 * Java's long. Offsets, sizes and times fit into a safe integer; larger values (Long.MAX_VALUE as "no limit") are read
 * as the nearest double, which keeps their meaning as a bound.
 */
export const long: Field<number, true> = {
  ...integer(-(2 ** 63), 2 ** 63, 'a whole number of 64 bits'),
  write: longText
}

/** Java's boolean; Boolean.parseBoolean reads anything but "true" as false. */
export const bool: Field<boolean, true> = {
  required: true,
  read: value => value.toLowerCase() === 'true',
  write: value => (value ? 'true' : 'false')
}

/** A field that may be absent. */
export const optional = <T>(field: Field<T, true>): Field<T, false> => ({ ...field, required: false })

export type Schema = Readonly<
  Record<string, Field<never> | Field<unknown> | Field<string> | Field<number> | Field<boolean>>
>

type ValueOf<F> = F extends Field<infer T> ? T : never
type RequiredNames<S> = { [K in keyof S]: S[K] extends { readonly required: true } ? K : never }[keyof S]

/** The TypeScript type of a header: absent optional fields are absent keys. */
export type Header<S> = { -readonly [K in RequiredNames<S>]: ValueOf<S[K]> } & {
  -readonly [K in Exclude<keyof S, RequiredNames<S>>]?: ValueOf<S[K]>
}

type AnyField = Field<unknown>

/** Reads a header; throws MQ_HEADER_INVALID, naming the field, when one is missing or malformed. */
export const readHeader = <S extends Schema>(schema: S, fields: ReadonlyMap<string, string>): Header<S> => {
  const header: Record<string, unknown> = {}
  for (const name in schema) {
    const field = schema[name] as unknown as AnyField
    const value = fields.get(name)
    if (value !== undefined) header[name] = field.read(value, name)
    else if (field.required) throw new MqError('MQ_HEADER_INVALID', `the custom field <${name}> is null`)
  }
  return header as Header<S>
}

/** Writes the fields of a header that are present. */
export const writeHeader = <S extends Schema>(schema: S, header: Header<S>): Map<string, string> => {
  const fields = new Map<string, string>()
  const values = header as Record<string, unknown>
  for (const name in schema) {
    const value = values[name]
    if (value !== undefined) fields.set(name, (schema[name] as unknown as AnyField).write(value))
  }
  return fields
}
