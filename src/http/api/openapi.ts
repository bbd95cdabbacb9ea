/** OpenAPI 3.1 of the table: the schemas are those that validate. Pure. */
import { rowSchemas } from '../../admin/row-schemas.ts'
import { answerSchema, type JsonSchema, rowReference } from './answer.ts'
import { queryOf } from './conventions.ts'
import type { Endpoint } from './endpoint.ts'

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
    errors: { type: 'array', items: { type: 'object' } },
    instance: { type: 'string' },
    requestId: { type: 'string' }
  }
}

export const parametersOf = (path: string): string[] => Array.from(path.matchAll(/\{(\w+)\}/g), match => match[1]!)

const header = (name: string, description: string): object => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' }
})

const headersOf = ({ method, resource, idempotent, stream }: Endpoint): object[] => [
  ...(resource === undefined || method === 'GET'
    ? []
    : [header('If-Match', 'only if it still has this ETag'), header('If-None-Match', '`*`: only if it is not there')]),
  ...(idempotent === true ? [header('Idempotency-Key', 'sent again with the same key, it is not done again')] : []),
  ...(stream === undefined || stream.onWatch ? [] : [header('Last-Event-ID', 'go on after this event')])
]

const contentOf = ({ answer, stream }: Endpoint): object => {
  const events = stream === undefined ? undefined : { schema: rowReference(stream.events) }
  return {
    ...(answer === undefined ? {} : { 'application/json': { schema: answerSchema(answer) } }),
    ...(events === undefined ? {} : { 'text/event-stream': events, 'application/x-ndjson': events })
  }
}

const operation = (row: Endpoint): object => {
  const { id, method, path, scope, summary, required = [], body, answer, stream } = row
  const type = method === 'PATCH' ? ['application/json', 'application/merge-patch+json'] : ['application/json']
  const nothing = answer === undefined && stream === undefined
  return {
    operationId: id,
    summary,
    security: [{ bearer: [scope] }],
    'x-scope': scope,
    parameters: [
      ...parametersOf(path).map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(queryOf(row)).map(([name, schema]) => ({
        name,
        in: 'query',
        required: required.includes(name),
        schema
      })),
      ...headersOf(row)
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { content: Object.fromEntries(type.map(name => [name, { schema: body }])) } }),
    responses: {
      ...(nothing ? { '204': { description: 'Done' } } : { '2XX': { description: 'Done', content: contentOf(row) } }),
      default: problem
    }
  }
}

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
      schemas: { Problem: problemSchema, ...rowSchemas },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }
    }
  }
}
