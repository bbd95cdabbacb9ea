import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import type { MqError } from '../../src/kit/errors.ts'
import { callHttp, fetchText, openHttpStream } from '../../src/kit/fetch.ts'
import { tempDir } from '../support/temp-dir.ts'

const caught = (work: Promise<unknown>): Promise<MqError> =>
  work.then(
    () => expect.fail('it went well'),
    error => error
  )

describe('HTTP as a client', () => {
  let server: Server
  let url: string
  let asked: { method?: string; url?: string; body: string; type?: string | undefined }[] = []

  beforeEach(async () => {
    asked = []
    server = createServer((request, response) => {
      let body = ''
      request.on('data', part => {
        body += part
      })
      request.on('end', () => {
        asked.push({ method: request.method!, url: request.url!, body, type: request.headers['content-type'] })
        if (request.url === '/slow') return
        if (request.url === '/moved') return response.writeHead(302, { location: '/elsewhere' }).end()
        if (request.url === '/cut') {
          response.write('part')
          return setImmediate(() => response.destroy())
        }
        response.writeHead(200, { 'x-a': 'b' }).end('answer')
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const call = (path: string, more: object = {}) =>
    callHttp(`${url}${path}`, { method: 'GET', headers: {}, timeoutMs: 5000, ...more })

  it('sends what it is given, and follows no redirect', async () => {
    const done = await call('/x?y=1', { method: 'PUT', headers: { 'content-type': 'text/x' }, body: 'bödy' })
    expect(done.text).to.equal('answer')
    expect([done.status, done.headers.get('x-a')]).to.deep.equal([200, 'b'])
    expect(asked).to.deep.equal([{ method: 'PUT', url: '/x?y=1', body: 'bödy', type: 'text/x' }])
    expect((await call('/moved')).status).to.equal(302)
    expect(asked.map(entry => entry.url)).to.not.include('/elsewhere')
  })

  it('tells no answer, none in time, half of one and too long a one apart', async () => {
    expect(await caught(callHttp('http://127.0.0.1:1/', { method: 'GET', headers: {}, timeoutMs: 500 }))).to.include({
      code: 'MQ_CONNECT_FAILED'
    })
    expect((await caught(call('/slow', { timeoutMs: 100 }))).code).to.equal('MQ_TIMEOUT')
    expect((await caught(call('/cut'))).code).to.equal('MQ_CONNECT_FAILED')
    expect((await caught(call('/', { bytesMax: 3 }))).message).to.include('more than 3 bytes')
    const limits = { timeoutMs: 5000, bytesMax: 100 }
    expect((await caught(fetchText(`${url}/moved`, limits))).message).to.include('status 302 instead of 200')
    expect(await fetchText(`${url}/`, limits)).to.equal('answer')
  })

  it('goes through a unix socket', async () => {
    const dir = tempDir()
    const socketPath = join(dir.path, 's')
    const own = createServer((request, response) => response.end(`${request.headers.host}${request.url}`))
    await new Promise<void>(resolve => own.listen(socketPath, resolve))
    const { text } = await callHttp('http://localhost/a', { method: 'GET', headers: {}, timeoutMs: 5000, socketPath })
    expect(text).to.equal('localhost/a')
    own.closeAllConnections()
    own.close()
    dir.remove()
  })

  it('ends a stream with its signal, and tells a broken one', async () => {
    const ending = new AbortController()
    const stream = await openHttpStream(`${url}/`, { headers: {}, idleMs: 5000, signal: ending.signal })
    const parts: string[] = []
    for await (const part of stream.parts) parts.push(part.toString())
    expect([stream.status, parts.join('')]).to.deep.equal([200, 'answer'])
    const cut = await openHttpStream(`${url}/cut`, { headers: {}, idleMs: 5000, signal: ending.signal })
    const all = async (): Promise<void> => {
      for await (const part of cut.parts) expect(part.toString()).to.equal('part')
    }
    expect((await caught(all())).code).to.equal('MQ_CONNECT_FAILED')
    const slow = openHttpStream(`${url}/slow`, { headers: {}, idleMs: 5000, signal: ending.signal })
    ending.abort()
    expect(await caught(slow)).to.have.property('name', 'AbortError')
  })
})
