/**
 * Every endpoint of the HTTP API against input made at random from a seed: whatever comes, the answer is a success or a
 * problem that says what is wrong with the request, never a failure of the server, and nothing of its inside gets out.
 */
import { request } from 'node:http'
import { expect } from 'chai'
import fc from 'fast-check'
import type { JsonSchema } from '../../src/http/api/answer.ts'
import { queryOf } from '../../src/http/api/conventions.ts'
import type { Endpoint } from '../../src/http/api/endpoint.ts'
import { parametersOf } from '../../src/http/api/openapi.ts'
import { endpoints } from '../../src/http/api/table.ts'
import { type AdminCluster, sharedCluster } from '../support/admin-cluster.ts'

interface Sent {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

interface Got {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Names that have broken others: traversal, prototypes, separators, controls, other scripts, length. */
const nasty = fc.constantFrom(
  '..',
  '../../etc/passwd',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '%RETRY%g',
  '%DLQ%',
  'a:b',
  ':tail',
  'a/b',
  '\u0000',
  'a\r\nx-evil: 1',
  '{{7*7}}',
  "'; drop",
  '<script>',
  '名前',
  '\u{1f600}',
  '-',
  '*',
  'x'.repeat(127),
  'x'.repeat(256),
  'fuzz-topic',
  'TBW102',
  '0',
  '-1',
  'NaN',
  '1e309',
  '9007199254740993'
)
const name = fc.oneof(
  nasty,
  fc.string({ maxLength: 40, unit: 'binary' }).filter(text => text !== '')
)
const anyValue = fc.oneof(
  name,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>
)

/** Mostly what the schema wants, so that requests get behind the validator; sometimes anything. */
const arbitraryOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  const {
    type,
    enum: choices,
    const: only,
    oneOf,
    properties,
    items
  } = schema as {
    type?: string
    enum?: unknown[]
    const?: unknown
    oneOf?: JsonSchema[]
    properties?: Record<string, JsonSchema>
    items?: JsonSchema
  }
  const wanted = (): fc.Arbitrary<unknown> => {
    if (choices !== undefined) return fc.constantFrom(...choices)
    if (only !== undefined) return fc.constant(only)
    if (oneOf !== undefined) return fc.oneof(...oneOf.map(arbitraryOf))
    if (type === 'object' && properties !== undefined) {
      const required = (schema['required'] as string[] | undefined) ?? []
      const fields = Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, arbitraryOf(inner)]))
      return fc.record(fields, { requiredKeys: required })
    }
    if (type === 'object') return fc.dictionary(name, name, { maxKeys: 4 })
    if (type === 'array') return fc.array(arbitraryOf(items ?? {}), { minLength: 1, maxLength: 3 })
    if (type === 'boolean') return fc.boolean()
    if (type === 'integer') return fc.oneof(fc.integer({ min: 0, max: 20 }), fc.maxSafeNat())
    return name
  }
  return fc.oneof({ weight: 12, arbitrary: wanted() }, { weight: 1, arbitrary: anyValue })
}

const encoded = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // A lone half of a pair is no text that a URL can hold; a buffer puts another character in its place.
  return encodeURIComponent(Buffer.from(text ?? 'undefined').toString())
}

const sentTo = (row: Endpoint): fc.Arbitrary<Sent> => {
  const names = parametersOf(row.path)
  const query = Object.entries(queryOf(row))
  const fields = Object.fromEntries(query.map(([key, schema]) => [key, arbitraryOf(schema)]))
  const headers = fc.record(
    {
      'if-match': nasty,
      'if-none-match': fc.constantFrom('*', '"x"', ''),
      'idempotency-key': nasty,
      'last-event-id': nasty,
      'x-request-id': nasty,
      accept: fc.constantFrom('application/x-ndjson', 'text/event-stream', 'x')
    },
    { requiredKeys: [] }
  )
  const raw = fc.constantFrom('', '{', 'null', '[]', '{"__proto__":{"dryRun":true}}', '{"a":1e999}', '\ufeff{}', '"x"')
  const body: fc.Arbitrary<string | undefined> =
    row.body === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          { weight: 6, arbitrary: arbitraryOf(row.body).map(value => JSON.stringify(value) ?? 'null') },
          { weight: 1, arbitrary: raw }
        )
  const asked = fc.record(fields, { requiredKeys: [...(row.required ?? [])] })
  return fc
    .tuple(fc.array(name, { minLength: names.length, maxLength: names.length }), asked, headers, body)
    .map(([places, given, wished, text]) => {
      const path = names.reduce((made, key, at) => made.replace(`{${key}}`, () => encoded(places[at])), row.path)
      const pairs = Object.entries(given).flatMap(([key, value]) =>
        (Array.isArray(value) ? value : [value]).map(entry => `${key}=${encoded(entry)}`)
      )
      const safe = Object.entries(wished).map(([key, value]) => [key, value.replaceAll(/[^\x20-\x7e]/g, '?')])
      const type: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' }
      return {
        path: `/api/v1${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`,
        headers: { ...type, ...Object.fromEntries(safe) },
        body: text
      }
    })
}

/** What would tell an attacker how the server is made. */
const leaks =
  /\n\s+at |node_modules|\/src\/|\.ts:|TypeError|ReferenceError|SyntaxError|RangeError|http-tokens|ENOENT|\/tmp\//

/** A stream that begins is an answer; it is not read to its end. */
const send = (url: string, method: string, { path, headers, body }: Sent): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ host: hostname, port, method, path, headers, agent: false }, answer => {
      const type = answer.headers['content-type'] ?? ''
      let text = ''
      const end = (): void => resolve({ status: answer.statusCode ?? 0, type, text })
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
        if (!/ndjson|event-stream/.test(type)) return
        end()
        answer.destroy()
      })
      answer.on('end', end)
      answer.on('error', () => {})
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** Bounds on what one run may make and wait for: the rest of the table is asked as it is. */
const apart = new Set(['latency', 'tokenCreate', 'tokenDelete'])

describe('hostile input to every endpoint', function () {
  this.timeout(60_000)
  const shared = sharedCluster()
  let cluster: AdminCluster
  let url: string
  before(async () => {
    cluster = shared()
    url = (await cluster.serveApi({ rate: { perSecond: 1e6, burst: 1e6 } })).url
    const spec = { topic: 'fuzz-topic', readQueueNums: 1, writeQueueNums: 1, perm: 6, order: false, attributes: {} }
    await cluster.admin.createTopic(spec, { existing: 'keep', wait: true })
  })

  for (const row of endpoints.filter(entry => !apart.has(entry.id))) {
    it(`${row.method} ${row.path}`, async () => {
      await fc.assert(
        fc.asyncProperty(sentTo(row), async sent => {
          const got = await send(url, row.method, sent)
          const told = `${got.status} ${got.text.slice(0, 500)}`
          // 502 and 504 are what brokers say; 500 is a mistake of ours.
          expect(got.status, told).to.not.equal(500)
          if (got.status < 400) return
          expect(got.text, told).to.not.match(leaks)
          expect(got.type, told).to.match(/^application\/problem\+json/)
          expect(JSON.parse(got.text)).to.include.keys('type', 'title', 'status', 'detail', 'errorCode', 'requestId')
        }),
        { seed: 20_260_101, numRuns: 12 }
      )
    })
  }

  it('leaves the cluster in order', async () => {
    expect((await cluster.admin.clusterHealth()).healthy).to.equal(true)
    expect(cluster.log.lines.filter(line => line.level === 'error')).to.deep.equal([])
    expect(({} as Record<string, unknown>)['dryRun']).to.equal(undefined)
  })
})
