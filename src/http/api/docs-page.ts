/** `/docs`: the table as a page to read, made once, without script and without anything from elsewhere. Pure. */
import { createHash } from 'node:crypto'
import { answerSchema, type JsonSchema } from './answer.ts'
import { queryOf } from './conventions.ts'
import type { Endpoint } from './endpoint.ts'
import { parametersOf } from './openapi.ts'

export interface DocsPage {
  readonly text: string
  /** Content-Security-Policy: this style, and nothing else. */
  readonly policy: string
}

const style = `
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1rem;color:#1b1f24;background:#fff}
code,pre{font:14px/1.45 ui-monospace,monospace}
pre{background:#f4f5f7;padding:.75rem;overflow:auto;border-radius:4px}
details{border:1px solid #d5d9e0;border-radius:4px;margin:.4rem 0;padding:.4rem .75rem}
summary{cursor:pointer}summary code{font-weight:600}
table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.15rem .75rem .15rem 0}
.scope{float:right;color:#5b6472}nav a{margin-right:1rem}
@media(prefers-color-scheme:dark){body{color:#dfe3ea;background:#14171c}pre{background:#1f242c}
details{border-color:#363d49}.scope{color:#98a2b3}a{color:#8ab4ff}}
`

export const docsPage = (endpoints: readonly Endpoint[], version: string): DocsPage => {
  const subjects = [...new Set(endpoints.map(subjectOf))]
  const sections = subjects.map(subject => {
    const rows = endpoints.filter(row => subjectOf(row) === subject)
    return `<h2 id="${subject}">${subject}</h2>\n${rows.map(operation).join('\n')}`
  })
  const links = subjects.map(subject => `<a href="#${subject}">${subject}</a>`)
  const hash = createHash('sha256').update(style).digest('base64')
  return {
    policy: `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`,
    text: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>mq admin API</title><style>${style}</style></head><body>
<h1>mq admin API <small>${htmlOf(version)}</small></h1>
<p>The same as data: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). Names in paths are percent-encoded;
errors are <code>application/problem+json</code>.</p>
<nav>${links.join(' ')}</nav>
${sections.join('\n')}
</body></html>
`
  }
}

const subjectOf = ({ path }: Endpoint): string => path.split('/')[1]!.replace(/:.*$/, '')

const operation = (row: Endpoint): string => {
  const { method, path, scope, summary, body, answer, stream } = row
  const lines = [
    `<summary><span class="scope">${scope}</span><code>${method} ${htmlOf(path)}</code> ${htmlOf(summary)}</summary>`,
    parameters(row),
    body === undefined ? '' : `<h4>Body</h4>${schemaText(body)}`,
    answer === undefined ? '' : `<h4>Answer</h4>${schemaText(answerSchema(answer))}`,
    stream === undefined
      ? ''
      : `<p>Streams <code>${stream.events}</code>${stream.onWatch ? ' with ?watch=true' : ''}.</p>`,
    `<h4>Example</h4><pre>${htmlOf(example(row))}</pre>`
  ]
  return `<details id="${row.id}">${lines.filter(line => line !== '').join('\n')}</details>`
}

const parameters = (row: Endpoint): string => {
  const query = Object.entries(queryOf(row))
  if (query.length === 0) return ''
  const rows = query.map(([name, schema]) => {
    const about = typeof schema['description'] === 'string' ? schema['description'] : ''
    return `<tr><td><code>${htmlOf(name)}</code></td><td>${htmlOf(kindOf(schema))}</td><td>${htmlOf(about)}</td></tr>`
  })
  return `<table>${rows.join('')}</table>`
}

const kindOf = (schema: JsonSchema): string => {
  const choices = schema['enum']
  return Array.isArray(choices) ? choices.join(' | ') : String(schema['type'] ?? '')
}

const schemaText = (schema: JsonSchema): string =>
  `<pre>${htmlOf(JSON.stringify(schema, undefined, 1).replaceAll('#/components/schemas/', ''))}</pre>`

const example = (row: Endpoint): string => {
  const path = parametersOf(row.path).reduce((made, name) => made.replace(`{${name}}`, name.toUpperCase()), row.path)
  const required = (row.required ?? []).map(name => `${name}=${name.toUpperCase()}`).join('&')
  const query = required === '' ? '' : `?${required}`
  const method = row.method === 'GET' ? '' : `-X ${row.method} `
  const body = row.body === undefined ? '' : `-H 'Content-Type: application/json' -d '{…}' `
  const streaming = row.stream === undefined || row.stream.onWatch ? '' : '-N '
  return `curl ${streaming}${method}${body}'http://127.0.0.1:10910/api/v1${path}${query}'`
}

const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
