import { expect } from 'chai'
import { queryOf } from '../../../src/http/api/conventions.ts'
import { openApi } from '../../../src/http/api/openapi.ts'
import { endpoints } from '../../../src/http/api/table.ts'

interface Operation {
  readonly operationId: string
  readonly 'x-scope': string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: unknown }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }
}

describe('the OpenAPI document', () => {
  const document = openApi(endpoints, '1.2.3') as {
    openapi: string
    info: { version: string }
    paths: Record<string, Record<string, Operation>>
  }
  const operations = Object.values(document.paths).flatMap(path => Object.values(path))

  it('has each endpoint once, with the very schemas that validate', () => {
    expect(document).to.deep.include({ openapi: '3.1.0', info: { title: 'mq admin API', version: '1.2.3' } })
    expect(operations.map(entry => entry.operationId).sort()).to.deep.equal(endpoints.map(row => row.id).sort())
    for (const row of endpoints) {
      const found = operations.find(entry => entry.operationId === row.id)!
      expect(found['x-scope']).to.equal(row.scope)
      expect(found.requestBody?.content['application/json']?.schema).to.equal(row.body)
      const queries = found.parameters.filter(entry => entry.in === 'query').map(entry => entry.name)
      expect(queries).to.deep.equal(Object.keys(queryOf(row)))
    }
  })

  it('declares each parameter of each path', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const { parameters } of Object.values(methods)) {
        const inPath = parameters.filter(entry => entry.in === 'path').map(entry => `{${entry.name}}`)
        expect(path.match(/\{\w+\}/g) ?? []).to.deep.equal(inPath)
      }
    }
  })
})
