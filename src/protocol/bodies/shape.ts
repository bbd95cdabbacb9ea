/**
 * Shapes of JSON bodies: each is described once, and gives its TypeScript type, a reader and a writer. The readers are
 * as lenient as Java's: unknown fields are skipped, absent ones take their default, texts stand for numbers and
 * booleans. The writers give what `writeJson` turns into Apache's form.
 */
import { MqError } from '../../kit/errors.ts'
import { jsonBody, parseJson, type WriteOptions } from '../fastjson.ts'

export interface Shape<T> {
  /** `where` names the place in errors. Throws MQ_BODY_INVALID. */
  read(value: unknown, where: string): T
  write(value: T): unknown
}

export type ShapeOf<S> = S extends Shape<infer T> ? T : never

/** Reads a body. Throws MQ_BODY_INVALID, naming the field. */
export const readBody = <T>(shape: Shape<T>, body: Buffer | string): T => shape.read(parseJson(body), 'the body')

/** Writes a body. */
export const writeBody = <T>(shape: Shape<T>, value: T, options?: WriteOptions): Buffer =>
  jsonBody(shape.write(value), options)

export const wrong = (where: string, expected: string): MqError =>
  new MqError('MQ_BODY_INVALID', `${where} is not ${expected}`)

export const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined

const asIs = (value: unknown): unknown => value

/** Text that must be there. */
export const text: Shape<string> = {
  read(value, where) {
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    throw wrong(where, 'text')
  },
  write: asIs
}

/** Java's int or long: a whole number, 0 when absent. */
export const whole: Shape<number> = {
  read(value, where) {
    if (isAbsent(value) || value === '') return 0
    const number = typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) > 2 ** 63) {
      throw wrong(where, 'a whole number')
    }
    return number
  },
  write: asIs
}

/** Java's boolean, false when absent. */
export const flag: Shape<boolean> = {
  read(value, where) {
    if (isAbsent(value)) return false
    if (typeof value === 'boolean') return value
    if (typeof value === 'number') return value !== 0
    if (typeof value === 'string') return value.toLowerCase() === 'true'
    throw wrong(where, 'true or false')
  },
  write: asIs
}

/** One of some words; anything else, an unknown word too, is the first of them. */
export const oneOf = <const T extends string>(first: T, ...others: T[]): Shape<T> => ({
  read: value => (others.includes(value as T) ? (value as T) : first),
  write: asIs
})

/** A value instead of an absent one. */
export const or = <T>(shape: Shape<T>, absent: T): Shape<T> => ({
  read: (value, where) => (isAbsent(value) ? absent : shape.read(value, where)),
  write: value => shape.write(value)
})

/** What may be absent, and then is left out. */
export const maybe = <T>(shape: Shape<T>): Shape<T | undefined> => ({
  read: (value, where) => (isAbsent(value) ? undefined : shape.read(value, where)),
  write: value => (value === undefined ? undefined : shape.write(value))
})

/** Java's List or Set; empty when absent. Nulls in it are skipped. */
export const list = <T>(entry: Shape<T>): Shape<readonly T[]> => ({
  read(value, where) {
    if (isAbsent(value)) return []
    if (!Array.isArray(value)) throw wrong(where, 'a list')
    return value.filter(item => !isAbsent(item)).map(item => entry.read(item, `an entry of ${where}`))
  },
  write: value => value.map(item => entry.write(item))
})

type Fields = Readonly<Record<string, Shape<unknown>>>
type ValueOf<F extends Fields, K extends keyof F> = ShapeOf<F[K]>
type Absentable<F extends Fields> = { [K in keyof F]: undefined extends ValueOf<F, K> ? K : never }[keyof F]

/** The type of a record: fields that may be absent are optional keys. */
export type RecordOf<F extends Fields> = { readonly [K in Exclude<keyof F, Absentable<F>>]: ValueOf<F, K> } & {
  readonly [K in Absentable<F>]?: ValueOf<F, K>
}

/** A Java bean. Only the fields named here are read or written. */
export const record = <F extends Fields>(fields: F): Shape<RecordOf<F>> => {
  // In order, so that the writer of JSON need not sort them for each bean.
  const names = Object.keys(fields).sort()
  return {
    read(value, where) {
      if (!(value instanceof Map)) throw wrong(where, 'an object')
      const bean: Record<string, unknown> = {}
      for (const name of names) {
        const field = fields[name]!.read(value.get(name), `${name} in ${where}`)
        if (field !== undefined) bean[name] = field
      }
      return bean as RecordOf<F>
    },
    write(bean) {
      const written: Record<string, unknown> = {}
      for (const name of names) written[name] = fields[name]!.write((bean as Record<string, unknown>)[name])
      return written
    }
  }
}
