/** More of what comes to an HTTP port that should not: floods of headers, names that lead elsewhere, prototypes, tokens. */
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { type AdminCluster, sharedCluster } from '../support/admin-cluster.ts'
import { eventually } from '../support/eventually.ts'

describe('more hostile HTTP', function () {
  this.timeout(20_000)
  const shared = sharedCluster()
  let cluster: AdminCluster
  let url: string
  before(async () => {
    cluster = shared()
    url = (await cluster.serve()).url
  })

  /** Bytes as they are, and what comes back until the server ends it. */
  const raw = (bytes: string, at = url): Promise<string> =>
    new Promise(resolve => {
      const socket = connect(Number(new URL(at).port), '127.0.0.1')
      let text = ''
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      socket.on('error', () => {})
      socket.once('close', () => resolve(text))
      socket.write(bytes)
    })
  const names = async (): Promise<string> => (await cluster.admin.topics()).items.map(row => row.topic).join()

  it('refuses a flood of headers, and one without end', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `x-${at}: y\r\n`).join('')
    expect(await raw(`GET /api/v1/topics HTTP/1.1\r\nHost: localhost\r\n${many}\r\n`)).to.match(/^HTTP\/1\.1 4\d\d /)
    const long = `x: ${'y'.repeat(200_000)}\r\n`
    expect(await raw(`GET /api/v1/topics HTTP/1.1\r\nHost: localhost\r\n${long}\r\n`)).to.match(/^HTTP\/1\.1 431 /)
    expect((await fetch(`${url}/livez`)).status).to.equal(200)
  })

  it('takes one request for one: no smuggling by lengths that contradict', async () => {
    const body = '0\r\n\r\nPUT /api/v1/topics/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const both = `Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n`
    const twice = 'Content-Length: 5\r\nContent-Length: 6\r\n'
    for (const lengths of [both, twice]) {
      const head = `PUT /api/v1/topics/evil HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${lengths}\r\n`
      expect(await raw(`${head}${body}`)).to.match(/^HTTP\/1\.1 400 /)
    }
    expect(await names()).to.not.match(/smuggled|evil/)
  })

  it('takes names for names, wherever they seem to lead', async () => {
    for (const name of ['..%2f..%2fevil', '%2e%2e', '..%5cevil', '%00evil', 'evil%0d%0ax:1', '%3Cevil%3E', 'evil%2f']) {
      for (const path of [`/topics/${name}`, `/groups/${name}`]) {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(`${url}/api/v1${path}`, { method: 'PUT', body: '{}', headers })
        expect(answer.status, path).to.be.within(400, 499)
        expect(answer.headers.get('x')).to.equal(null)
        await answer.text()
      }
    }
    expect(await names()).to.not.include('evil')
    expect(existsSync(join(cluster.dir.path, '..', 'evil'))).to.equal(false)
  })

  it('lets no key of JSON become more than a key', async () => {
    const headers = { 'content-type': 'application/json' }
    for (const body of [
      '{"__proto__":{"dryRun":true}}',
      '{"attributes":{"__proto__":{"x":"y"}}}',
      '{"constructor":{"prototype":{"x":1}}}'
    ]) {
      const answer = await fetch(`${url}/api/v1/topics/evil`, { method: 'PUT', body, headers })
      expect(answer.status, body).to.equal(400)
    }
    for (const query of ['__proto__[x]=1', '__proto__=1', 'constructor=1']) {
      expect((await fetch(`${url}/api/v1/topics?${query}`)).status, query).to.equal(422)
    }
    expect(Object.getPrototypeOf({})).to.not.have.any.keys('x', 'dryRun')
  })

  it('keeps the connection of who asks much and reads nothing within bounds', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.pause()
    const before = process.memoryUsage().rss
    const one = 'GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'
    for (let turn = 0; turn < 200; turn++) socket.write(one)
    expect((await fetch(`${url}/livez`)).status).to.equal(200)
    expect((await fetch(`${url}/api/v1/version`)).status).to.equal(200)
    expect(process.memoryUsage().rss - before).to.be.lessThan(300 * 1024 * 1024)
    socket.destroy()
  })

  describe('tokens over HTTP', () => {
    let at: string
    let file: string
    let first: string
    const call = async (method: string, path: string, token?: string, body?: unknown): Promise<Response> =>
      fetch(`${at}/api/v1${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' })
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
    const make = async (id: string, scopes: string[], token?: string): Promise<Response> =>
      call('POST', '/tokens', token, { id, scopes })

    before(async () => {
      file = join(cluster.dir.path, 'api-tokens.json')
      at = (await cluster.serveApi({ tokenFile: file })).url
    })

    it('begin with one that can make more, and from then on everybody needs one', async () => {
      expect((await make('reader', ['read'])).status, 'nobody could make another').to.equal(422)
      const made = await make('chief', ['admin'])
      const body = (await made.json()) as { token: string; warnings: string[] }
      expect([made.status, made.headers.get('location')]).to.deep.equal([201, '/api/v1/tokens/chief'])
      expect(body.warnings[0]).to.include('every request')
      first = body.token
      expect(readFileSync(file, 'utf8')).to.not.include(first.split('_')[2])
      expect((await call('GET', '/topics')).status).to.equal(401)
      expect((await call('GET', '/topics', first)).status).to.equal(200)
    })

    it('are told without their secrets, and taken away at once', async () => {
      const { token: reader } = (await (await make('reader', ['read'], first)).json()) as { token: string }
      expect((await make('reader', ['read'], first)).status).to.equal(409)
      expect(await (await call('GET', '/whoami', reader)).json()).to.deep.equal({ id: 'reader', scopes: ['read'] })
      for (const [method, path] of [
        ['GET', '/tokens'],
        ['DELETE', '/tokens/chief']
      ] as const) {
        expect((await call(method, path, reader)).status, path).to.equal(403)
      }
      expect((await make('mine', ['admin'], reader)).status, 'nobody gives what he has not').to.equal(403)
      const list = await (await call('GET', '/tokens', first)).text()
      expect(JSON.parse(list).items).to.deep.equal([
        { id: 'chief', scopes: ['admin'] },
        { id: 'reader', scopes: ['read'] }
      ])
      expect((await call('DELETE', '/tokens/reader', first)).status).to.equal(204)
      expect((await call('GET', '/topics', reader)).status).to.equal(401)
      expect((await call('DELETE', '/tokens/reader', first)).status).to.equal(404)
      const audit = cluster.log.lines.filter(line => line.message === 'an administrative HTTP request')
      expect(audit.some(line => line.fields['who'] === 'chief' && line.fields['path'] === '/api/v1/tokens')).to.equal(
        true
      )
      expect(JSON.stringify(cluster.log.lines), 'no secret in the log').to.not.include(first.split('_')[2])
    })

    it('end the streams of nobody else, and open none without one', async () => {
      const denied = await call('GET', '/topics/TBW102/messages:tail')
      expect(denied.status).to.equal(401)
      const open = await call('GET', '/overview?watch=true', first)
      const reader = open.body!.getReader()
      expect(Buffer.from((await reader.read()).value!).toString()).to.match(/^retry: 2000/)
      await reader.cancel()
      await eventually(async () => (await call('GET', '/version', first)).status === 200, 'it still serves')
    })

    it('show the page to read to everybody, but to no page of another site', async () => {
      expect((await fetch(`${at}/docs`)).status).to.equal(200)
      expect((await fetch(`${at}/docs`, { headers: { 'sec-fetch-site': 'cross-site' } })).status).to.equal(403)
      expect((await fetch(`${at}/openapi.json`)).status).to.equal(401)
    })
  })
})
