/** Names and values, all of them text. Java: KVTable. */
import { record, type ShapeOf, text } from './shape.ts'
import { table } from './tables.ts'

export const kvTableShape = record({ table: table(text) })
export type KvTable = ShapeOf<typeof kvTableShape>
