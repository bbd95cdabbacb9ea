/** Writes JSON in Apache's form; see fastjson.ts for the rules. */

import { longText } from './long.ts'

/** A Java double: written with its fraction even when that is 0. */
export class JavaDouble {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  toString(): string {
    if (!Number.isFinite(this.value)) return '0.0'
    return Number.isInteger(this.value) && Math.abs(this.value) < 1e7 ? `${this.value}.0` : String(this.value)
  }
}

/** Long.MAX_VALUE and MIN_VALUE are read as the doubles next to them; Java refuses the digits of those. */
const numberText = (value: number): string => (Math.abs(value) === 2 ** 63 ? longText(value) : String(value))

const isAbsent = (value: unknown): boolean => value === undefined || value === null

/** Printable ASCII without quote and backslash: nothing to escape in either form. */
const plain = /^[ !#-[\]-~]*$/

/** Most objects come with their names in order already. */
const inOrder = (names: string[]): string[] => {
  for (let index = 1; index < names.length; index++) if (names[index - 1]! > names[index]!) return names.sort()
  return names
}

export class JsonWriter {
  readonly #standard: boolean

  constructor(standard: boolean) {
    this.#standard = standard
  }

  text(value: unknown): string {
    if (typeof value === 'string') return this.#string(value)
    if (typeof value === 'number') return Number.isFinite(value) ? numberText(value) : 'null'
    if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
    if (isAbsent(value)) return 'null'
    if (value instanceof JavaDouble) return value.toString()
    if (Array.isArray(value)) return `[${value.map(entry => this.text(entry)).join(',')}]`
    if (value instanceof Map) return this.#map(value)
    if (value instanceof Set) return `[${Array.from(value, entry => this.text(entry)).join(',')}]`
    return this.#object(value as Readonly<Record<string, unknown>>)
  }

  #object(object: Readonly<Record<string, unknown>>): string {
    let text = ''
    for (const name of inOrder(Object.keys(object))) {
      const value = object[name]
      if (!isAbsent(value)) text += `${text === '' ? '' : ','}${this.#string(name)}:${this.text(value)}`
    }
    return `{${text}}`
  }

  #map(map: ReadonlyMap<unknown, unknown>): string {
    let text = ''
    for (const [key, value] of map) {
      if (!isAbsent(value)) text += `${text === '' ? '' : ','}${this.#key(key)}:${this.text(value)}`
    }
    return `{${text}}`
  }

  #key(key: unknown): string {
    const text = this.text(key)
    return typeof key === 'string' || !this.#standard ? text : this.#string(text)
  }

  #string(text: string): string {
    if (plain.test(text)) return `"${text}"`
    const quoted = JSON.stringify(text)
    return this.#standard ? quoted.replace(/[\u007f-\uffff]/g, escapeUnit) : quoted
  }
}

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
