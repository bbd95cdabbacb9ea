/** Whether a value is what a row's schema says, to the letter: an undeclared field is a fault too. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type RowName, rowSchemas } from '../../src/admin/row-schemas.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'rows', components: { schemas: rowSchemas } })

/** Undefined = it fits. `schema` may refer to rows as OpenAPI does: `#/components/schemas/TopicRow`. */
export const faultsOf = (schema: RowName | object, value: unknown): string | undefined => {
  const named = typeof schema === 'string' ? { $ref: `#/components/schemas/${schema}` } : schema
  const located = JSON.parse(JSON.stringify(named).replaceAll('"#/components', '"rows#/components'))
  // What goes through JSON is what others see.
  const seen: unknown = value === undefined ? undefined : JSON.parse(JSON.stringify(value))
  return ajv.validate(located, seen) ? undefined : ajv.errorsText(ajv.errors, { dataVar: '' })
}
