/** Which columns and rows of a table are shown: `-o wide`, `--columns`, `--sort`, and what fits on the screen. Pure. */
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import { fieldOf, sorted, sortKey } from './outputs.ts'
import type { Column } from './table.ts'

export interface TableWish {
  readonly wide: boolean
  readonly columns?: readonly string[] | undefined
  readonly sort?: string | undefined
}

/** `READ QUEUES`, `read-queues` and `readQueues` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** A column by its title, or made of a field of the rows. */
const named = <Row>(name: string, rows: readonly Row[], columns: readonly Column<Row>[]): Column<Row> | undefined => {
  const own = columns.find(column => plain(column.title) === plain(name))
  if (own !== undefined) return own
  if (!rows.some(row => fieldOf(row, name) !== undefined)) return undefined
  return { title: name.toUpperCase(), value: row => shown(fieldOf(row, name)) }
}

const shown = (value: unknown): string | number | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.map(entry => shown(entry)).join(',')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Throws MQ_USAGE for a name that is neither a column nor a field. */
export const shapedTable = <Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  wish: TableWish
): { readonly rows: readonly Row[]; readonly columns: readonly Column<Row>[] } => {
  const find = (name: string): Column<Row> | undefined => named(name, rows, columns)
  const need = (name: string): Column<Row> => find(name) ?? unknown(name, rows, columns)
  const order = wish.sort === undefined ? undefined : sortKey(wish.sort)
  const by = order === undefined ? undefined : need(order.name)
  // A field is compared as it is; a column may be text made for people, such as a time.
  const value = (row: Row): unknown => fieldOf(row, order!.name) ?? by!.value(row)
  return {
    rows: order === undefined ? rows : sorted(rows, order.descending, value),
    columns:
      wish.columns === undefined ? columns.filter(column => wish.wide || column.wide !== true) : wish.columns.map(need)
  }
}

const unknown = <Row>(name: string, rows: readonly Row[], columns: readonly Column<Row>[]): never => {
  const titles = columns.map(column => column.title.toLowerCase().replaceAll(' ', '-'))
  const fields = Object.keys(rows[0] ?? {})
  const meant = nearest(name, [...titles, ...fields])
  throw new MqError('MQ_USAGE', `there is no column ${name}`, {
    suggestions: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), `columns: ${titles.join(', ')}`]
  })
}
