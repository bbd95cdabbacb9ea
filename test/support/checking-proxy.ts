/**
 * A proxy before the HTTP API that holds each answer to what the table of endpoints declares: the status, the type and
 * the schema of the row. What does not fit is collected, so that a suite that knows nothing of it can be checked as well.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerSchema } from '../../src/http/api/answer.ts'
import type { Endpoint } from '../../src/http/api/endpoint.ts'
import { endpoints } from '../../src/http/api/table.ts'
import { faultsOf } from './row-schema.ts'

export interface CheckingProxy {
  readonly url: string
  readonly faults: readonly string[]
  /** Ids of endpoints that have answered with success. */
  readonly seen: ReadonlySet<string>
  close(): Promise<void>
}

const patterns = endpoints.map(row => {
  const path = row.path.replaceAll(/\{\w+\}/g, '[^/:]+')
  return { row, pattern: new RegExp(`^/api/v1${path}$`) }
})

/** A literal segment wins over a parameter, as in the server. */
export const endpointOf = (method: string, path: string): Endpoint | undefined =>
  patterns
    .filter(({ row, pattern }) => row.method === method && pattern.test(path))
    .map(entry => entry.row)
    .sort((left, right) => left.path.split('{').length - right.path.split('{').length)[0]

export const checkingProxy = async (target: string): Promise<CheckingProxy> => {
  const faults: string[] = []
  const seen = new Set<string>()
  const { hostname, port } = new URL(target)
  const check = (asked: IncomingMessage, status: number, type: string, text: string): void => {
    const path = (asked.url ?? '').split('?', 1)[0]!
    const name = `${asked.method} ${path} → ${status}`
    const row = endpointOf(asked.method ?? '', path)
    if (row === undefined) return void faults.push(`${name}: no endpoint`)
    if (status >= 400) {
      const isProblem = type.startsWith('application/problem+json') && typeof JSON.parse(text).detail === 'string'
      if (!isProblem || status >= 500) faults.push(`${name}: ${text}`)
      return
    }
    seen.add(row.id)
    if (row.answer === undefined) {
      if (status !== 204) faults.push(`${name}: an answer that is not declared`)
      return
    }
    const fault = status === 204 ? 'no answer' : faultsOf(answerSchema(row.answer), JSON.parse(text))
    if (fault !== undefined) faults.push(`${name}: ${fault}`)
  }
  const forward = (asked: IncomingMessage, out: ServerResponse): void => {
    const { method, url, headers } = asked
    const sent = request({ host: hostname, port, method, path: url, headers, agent: false }, got => {
      out.writeHead(got.statusCode!, got.headers)
      const type = got.headers['content-type'] ?? ''
      const isStream = /ndjson|event-stream/.test(type)
      const parts: Buffer[] = []
      got.on('data', part => {
        out.write(part)
        if (!isStream) parts.push(part)
      })
      got.on('end', () => {
        if (!isStream) check(asked, got.statusCode!, type, Buffer.concat(parts).toString())
        out.end()
      })
    })
    sent.on('error', () => out.destroy())
    out.on('close', () => sent.destroy())
    asked.pipe(sent)
  }
  const server = createServer(forward)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    seen,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
