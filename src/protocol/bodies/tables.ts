/** Shapes of Java's maps. The type of the key decides how it is written: text, bare number, or whole object. */

import { parseJson } from '../fastjson.ts'
import { JavaDouble } from '../json-writer.ts'
import { isAbsent, type Shape, wrong } from './shape.ts'

const entriesOf = (value: unknown, where: string): Iterable<[unknown, unknown]> => {
  if (isAbsent(value)) return []
  if (!(value instanceof Map)) throw wrong(where, 'an object')
  return value
}

const place = (key: unknown, where: string): string => `${JSON.stringify(String(key).slice(0, 64))} in ${where}`

/** Map<String, T>; empty when absent, entries with a null value are skipped. */
export const table = <T>(entry: Shape<T>): Shape<ReadonlyMap<string, T>> => ({
  read(value, where) {
    const map = new Map<string, T>()
    for (const [key, item] of entriesOf(value, where)) {
      if (typeof key !== 'string') throw wrong(`a key in ${where}`, 'text')
      if (!isAbsent(item)) map.set(key, entry.read(item, place(key, where)))
    }
    return map
  },
  write: map => new Map(Array.from(map, ([key, item]) => [key, entry.write(item)]))
})

/** Map<Integer, T> or Map<Long, T>; keys are read with and without quotes, and written without. */
export const numberTable = <T>(entry: Shape<T>): Shape<ReadonlyMap<number, T>> => ({
  read(value, where) {
    const map = new Map<number, T>()
    for (const [key, item] of entriesOf(value, where)) {
      if (typeof key !== 'string' || !/^-?\d{1,19}$/.test(key)) throw wrong(`a key in ${where}`, 'a whole number')
      if (!isAbsent(item)) map.set(Number(key), entry.read(item, place(key, where)))
    }
    return map
  },
  write: map => new Map(Array.from(map, ([key, item]) => [key, entry.write(item)]))
})

/** A map whose keys are objects; a key that is an object in quotes (old peers) is read too. */
export const objectTable = <K, T>(key: Shape<K>, entry: Shape<T>): Shape<ReadonlyMap<K, T>> => ({
  read(value, where) {
    const map = new Map<K, T>()
    for (const [name, item] of entriesOf(value, where)) {
      const object = typeof name === 'string' ? parseJson(name) : name
      if (!isAbsent(item)) map.set(key.read(object, `a key in ${where}`), entry.read(item, `an entry of ${where}`))
    }
    return map
  },
  write: map => new Map(Array.from(map, ([name, item]) => [key.write(name), entry.write(item)]))
})

/** Map<String, String> as a plain object without a prototype, for small sets of attributes. */
export const attributes: Shape<Readonly<Record<string, string>>> = {
  read(value, where) {
    const record: Record<string, string> = Object.create(null)
    for (const [key, item] of entriesOf(value, where)) {
      if (typeof key !== 'string') throw wrong(`a key in ${where}`, 'text')
      if (!isAbsent(item)) record[key] = String(item)
    }
    return record
  },
  write: value => value
}

/** Java's double, 0 when absent; written with a fraction. */
export const double: Shape<number> = {
  read(value, where) {
    const number = isAbsent(value) ? 0 : Number(value)
    if (Number.isNaN(number)) throw wrong(where, 'a number')
    return number
  },
  write: value => new JavaDouble(value)
}
