/** Short forms to write a table of options with; each keeps the key as a type, so that the values are typed. */
import type { OptionRow } from './options.ts'

type More = Partial<Pick<OptionRow, 'flag' | 'env' | 'hot'>>

export const int = <const K extends string>(
  key: K,
  value: number,
  [min, max]: readonly [number, number],
  help: string,
  more: More = {}
) => ({ key, type: 'int', default: value, min, max, help, ...more }) as const

export const bool = <const K extends string>(key: K, value: boolean, help: string, more: More = {}) =>
  ({ key, type: 'bool', default: value, help, ...more }) as const

export const text = <const K extends string>(
  key: K,
  value: string,
  help: string,
  more: More & Pick<OptionRow, 'form'> = {}
) => ({ key, type: 'text', default: value, help, ...more }) as const

export const choice = <const K extends string, const V extends readonly string[]>(
  key: K,
  value: V[number],
  values: V,
  help: string,
  more: More = {}
) => ({ key, type: 'text', default: value, values, help, ...more }) as const

/** Rows under one heading of the docs. */
export const group = <const R extends readonly Omit<OptionRow, 'group'>[]>(
  name: string,
  rows: R
): { [I in keyof R]: R[I] & { readonly group: string } } =>
  rows.map(row => ({ ...row, group: name })) as unknown as { [I in keyof R]: R[I] & { readonly group: string } }
