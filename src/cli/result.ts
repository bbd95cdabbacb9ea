/**
 * What a command returns, declared by name: the name of an interface of src/admin or src/cli/result-rows.ts. The walk
 * of all commands checks `--json` against the schema of that interface, and `mq api` and the docs name the same one.
 */

export interface ResultShape {
  /** `list` = the envelope `{items, truncated, next, warnings}` around rows of the type; `one` = the value itself. */
  readonly kind: 'list' | 'one'
  /** Name of the interface. */
  readonly type: string
}

/** A list of rows of that interface. */
export const listOf = (type: string): ResultShape => ({ kind: 'list', type })

/** One value of that interface. */
export const one = (type: string): ResultShape => ({ kind: 'one', type })
