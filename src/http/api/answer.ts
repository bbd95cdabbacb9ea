/** What a success answers with, declared by the name of a row of src/admin; its schema derives from it. Pure. */
import { type RowName, rowSchemas } from '../../admin/row-schemas.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

export interface AnswerShape {
  /** `list` = a page of rows, `paged` = a row that is itself a page, `items` = all rows at once. */
  readonly kind: 'one' | 'list' | 'items' | 'paged'
  readonly row: RowName
}

export const one = (row: RowName): AnswerShape => ({ kind: 'one', row })
export const listOf = (row: RowName): AnswerShape => ({ kind: 'list', row })
export const items = (row: RowName): AnswerShape => ({ kind: 'items', row })
/** Its `next` is null at the end, as that of a list. */
export const paged = (row: RowName): AnswerShape => ({ kind: 'paged', row })

export const rowReference = (row: RowName): JsonSchema => ({ $ref: `#/components/schemas/${row}` })

const next: JsonSchema = {
  type: ['string', 'null'],
  description: 'goes into `cursor` to get the next page; null at the end'
}

export const answerSchema = ({ kind, row }: AnswerShape): JsonSchema => {
  const rows = { type: 'array', items: rowReference(row) }
  if (kind === 'one') return rowReference(row)
  if (kind === 'items') {
    return record({ items: rows, dryRun: { type: 'boolean', description: 'nothing was done' } }, ['items'])
  }
  if (kind === 'list') {
    const warnings = { type: 'array', items: { type: 'string' }, description: 'what is missing, and why' }
    const truncated = { type: 'boolean', description: 'whether there is a next page' }
    return record({ items: rows, truncated, next, warnings }, ['items', 'truncated', 'next', 'warnings'])
  }
  const whole = rowSchemas[row] as { readonly properties?: object }
  return { ...whole, properties: { ...whole.properties, next } }
}

const record = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties
})
