/** OpenAPI 3.1 of the table: the schemas are those that validate. Pure. */
import type { Endpoint, JsonSchema } from './endpoint.ts'

const problem = {
  description: 'An error',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
}

const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'errorCode', 'exitCode', 'retryable', 'suggestions'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errorCode: { type: 'string', description: 'a code of docs/errors.md' },
    code: { type: 'integer', description: "RocketMQ's response code" },
    exitCode: { type: 'integer' },
    retryable: { type: 'boolean' },
    suggestions: { type: 'array', items: { type: 'string' } },
    errors: { type: 'array', items: { type: 'object' } }
  }
}

export const parametersOf = (path: string): string[] => Array.from(path.matchAll(/\{(\w+)\}/g), match => match[1]!)

const operation = ({ id, path, scope, summary, query = {}, required = [], body }: Endpoint): object => ({
  operationId: id,
  summary,
  security: [{ bearer: [scope] }],
  'x-scope': scope,
  parameters: [
    ...parametersOf(path).map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
  ],
  ...(body === undefined ? {} : { requestBody: { content: { 'application/json': { schema: body } } } }),
  responses: { '2XX': { description: 'Done', content: { 'application/json': {} } }, default: problem }
})

export const openApi = (endpoints: readonly Endpoint[], version: string): object => {
  const paths: Record<string, Record<string, object>> = {}
  for (const row of endpoints) {
    const path = `/api/v1${row.path}`
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operation(row) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'mq admin API', version },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }
    }
  }
}
