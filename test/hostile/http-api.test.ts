/** The HTTP admin API against those who should not get in: each is refused, said in the log, and nothing changes. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { checkEndpoints, endpoints } from '../../src/http/api/table.ts'
import { addToken } from '../../src/http/api/tokens.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { type AdminCluster, sharedCluster } from '../support/admin-cluster.ts'

interface Wish {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly socketPath?: string
}

interface Got {
  readonly status: number
  readonly type: string
  readonly body: { readonly detail?: string; readonly errorCode?: string; readonly items?: unknown[] }
}

/** `fetch` would not let a test lie about Host and Origin. */
const ask = (
  url: string,
  { method = 'GET', path = '/api/v1/topics', headers = {}, body, socketPath }: Wish
): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const where = socketPath === undefined ? { host: hostname, port } : { socketPath }
    const sent = request({ ...where, method, path, headers, agent: false }, answer => {
      const parts: Buffer[] = []
      answer.on('data', part => parts.push(part))
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString()
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          body: text.startsWith('{') ? JSON.parse(text) : {}
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

const json = { 'content-type': 'application/json' }

describe('hostile HTTP', function () {
  this.timeout(20_000)
  const shared = sharedCluster()
  let cluster: AdminCluster
  let url: string
  const putTopic = { method: 'PUT', path: '/api/v1/topics/evil', body: '{}', headers: json }

  const topicNames = async (): Promise<readonly string[]> => (await cluster.admin.topics()).items.map(row => row.topic)
  const refusals = (): string[] =>
    cluster.log.lines.filter(line => line.level === 'warn').map(line => String(line.fields['error']))

  /** Refused with the status, said in the log, and the topic is not there. */
  const refused = async (status: number, wish: Wish, at = url): Promise<Got> => {
    const before = refusals().length
    const got = await ask(at, wish)
    expect(got.status, got.body.detail).to.equal(status)
    expect(got.type).to.match(/^application\/problem\+json/)
    expect(refusals().length, 'the log tells of it').to.be.greaterThan(before)
    expect(await topicNames()).to.not.include('evil')
    return got
  }

  before(async () => {
    cluster = shared()
    url = (await cluster.serve()).url
  })

  it('answers a local caller without a token', async () => {
    expect((await ask(url, {})).status).to.equal(200)
    expect((await ask(url, { headers: { host: 'mq.example:1' } })).status).to.equal(200)
    expect((await ask(url, { headers: { host: 'localhost', origin: 'http://localhost' } })).status).to.equal(200)
  })

  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil', '10.0.0.1', 'mq.example.evil']) {
    it(`refuses the Host "${host}", for reading too`, async () => {
      await refused(421, { headers: { host } })
      await refused(421, { ...putTopic, headers: { ...json, host } })
    })
  }

  it('refuses two Host headers', async () => {
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    const ended = new Promise<void>(resolve => socket.once('close', () => resolve()))
    socket.write('GET /api/v1/topics HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    await ended
    expect(text).to.match(/^HTTP\/1\.1 4\d\d /)
  })

  for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://localhost.evil']) {
    it(`refuses the Origin ${origin}`, async () => {
      await refused(403, { ...putTopic, headers: { ...json, origin } })
      await refused(403, { headers: { origin } })
    })
  }

  it('refuses what a page of another site makes a browser send', async () => {
    await refused(403, { ...putTopic, headers: { ...json, 'sec-fetch-site': 'cross-site' } })
    await refused(415, { ...putTopic, headers: { 'content-type': 'text/plain' } })
    await refused(415, { ...putTopic, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' })
    const preflight = await ask(url, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } })
    expect(preflight.status).to.be.within(400, 499)
  })

  it('refuses a body of 2 MiB', async () => {
    const body = Buffer.alloc(2 << 20, 'x')
    const got = await ask(url, { ...putTopic, body }).catch((error: NodeJS.ErrnoException) => error)
    // The server hangs up while the rest is on its way; whether its answer still arrives is up to the kernel.
    if (got instanceof Error) expect(['EPIPE', 'ECONNRESET']).to.include((got as NodeJS.ErrnoException).code)
    else expect(got.status).to.equal(413)
    expect(refusals().some(text => /too large/i.test(text))).to.equal(true)
    expect(await topicNames()).to.not.include('evil')
  })

  it('cuts off who sends a header slowly, and serves others meanwhile', async () => {
    const slow = await cluster.serve({ requestMs: 500 })
    const { port } = new URL(slow.url)
    const began = performance.now()
    const socket = connect(Number(port), '127.0.0.1')
    const cut = new Promise<void>(resolve => socket.once('close', () => resolve()))
    socket.on('error', () => {})
    socket.resume()
    socket.write('GET /api/v1/topics HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    expect((await ask(slow.url, {})).status).to.equal(200)
    await cut
    expect(performance.now() - began).to.be.within(400, 5000)
  })

  it('refuses what the schema does not know', async () => {
    await refused(422, { ...putTopic, body: '{"perm":6,"owner":"me"}' })
    await refused(422, { ...putTopic, body: '{"perm":99}' })
    await refused(422, { ...putTopic, path: '/api/v1/topics/evil?force=true' })
    await refused(400, { ...putTopic, body: '{"__proto__":{"dryRun":true}}' })
    await refused(400, { ...putTopic, body: '{"perm":' })
    await refused(422, { path: '/api/v1/topics?limit=1000000' })
    await refused(422, { path: '/api/v1/topics?cursor=AAAA' })
    expect((await ask(url, { path: '/api/v1/../../etc/passwd' })).status).to.equal(404)
  })

  it('changes no setting outside the list', async () => {
    const broker = cluster.broker.broker.identity.brokerName
    const before = await cluster.admin.brokerConfig(undefined)
    const patch = (key: string, value: string): Wish => ({
      method: 'PATCH',
      path: `/api/v1/brokers/${broker}/config`,
      headers: json,
      body: JSON.stringify({
        entries: [
          { key: 'maxMessageSize', value: '123456' },
          { key, value }
        ]
      })
    })
    for (const key of [
      'brokerConfigPath',
      'rocketmqHome',
      'storePathRootDir',
      'bindAddress',
      'insecure',
      '__proto__'
    ]) {
      const got = await refused(403, patch(key, '/tmp/evil'))
      expect(got.body.detail).to.include(key)
    }
    await refused(422, patch('maxMessageSize', '1\nstorePathRootDir=/tmp/evil'))
    expect(await cluster.admin.brokerConfig(undefined)).to.deep.equal(before)
  })

  it('changes no settings that changed meanwhile', async () => {
    const path = '/api/v1/brokers/-/config'
    const body = JSON.stringify({ entries: [{ key: 'maxMessageSize', value: '200000' }] })
    await refused(412, { method: 'PATCH', path, body, headers: { ...json, 'if-match': '"stale"' } })
    const { headers } = await fetch(`${url}${path}`)
    const etag = headers.get('etag')!
    const done = await ask(url, { method: 'PATCH', path, body, headers: { ...json, 'if-match': etag } })
    expect(done.status).to.equal(200)
    await refused(412, { method: 'PATCH', path, body, headers: { ...json, 'if-match': etag } })
  })

  describe('with tokens', () => {
    let dir: string
    let file: string
    let at: string
    let reader: string
    let admin: string

    before(async () => {
      dir = cluster.dir.path
      file = join(dir, 'tokens.json')
      reader = addToken(file, 'reader', ['read'])
      admin = addToken(file, 'admin', ['admin'])
      at = await serve(file)
    })

    const serve = async (tokenFile: string, host = '127.0.0.1'): Promise<string> => {
      const api = {
        hostNames: [],
        clock: systemClock,
        version: '1.2.3',
        configKeys: new Set<string>(),
        namesrvConfigKeys: new Set<string>(),
        tokenFile,
        open: async () => ({ admin: cluster.admin, close: async () => {} })
      }
      return (await cluster.serve({ host, api, socket: join(dir, 'http.sock') })).url
    }
    const bearer = (token: string): Record<string, string> => ({ ...json, authorization: `Bearer ${token}` })

    it('keeps only hashes, in a file of its owner alone', () => {
      expect(statSync(file).mode & 0o777).to.equal(0o600)
      expect(readFileSync(file, 'utf8')).to.not.include(admin.split('_')[2])
    })

    it('refuses no token, a wrong one, an old one, and one in the URL', async () => {
      await refused(401, putTopic, at)
      await refused(401, {}, at)
      await refused(401, { ...putTopic, headers: bearer(`${admin}x`) }, at)
      await refused(401, { ...putTopic, headers: { ...json, authorization: `Basic ${admin}` } }, at)
      await refused(401, { ...putTopic, path: `/api/v1/topics/evil?access_token=${admin}` }, at)
      await refused(401, { ...putTopic, headers: bearer(addToken(file, 'past', ['admin'], 1)) }, at)
    })

    it('refuses the wrong scope', async () => {
      const got = await refused(403, { ...putTopic, headers: bearer(reader) }, at)
      expect(got.body.detail).to.include('scope admin')
      expect((await ask(at, { headers: bearer(reader) })).status).to.equal(200)
      expect((await ask(at, { headers: bearer(admin), path: '/api/v1/topics?limit=1' })).body.items).to.have.length(1)
    })

    it('counts wrong tokens of an address', async () => {
      const fresh = await serve(file)
      for (let turn = 0; turn < 10; turn++)
        await refused(401, { headers: bearer('mqt_none_aaaaaaaaaaaaaaaaaaaaaaaa') }, fresh)
      await refused(429, { headers: bearer(admin) }, fresh)
    })

    it('tells who changed what', async () => {
      const path = '/api/v1/topics/audited?dryRun=true'
      expect((await ask(await serve(file), { ...putTopic, path, headers: bearer(admin) })).status).to.equal(200)
      const line = cluster.log.lines.findLast(entry => entry.message === 'an administrative HTTP request')
      expect(line?.fields).to.include({ who: 'admin', method: 'PUT', path: '/api/v1/topics/audited', status: 200 })
    })

    it('lets nobody in by a file that others can read', async () => {
      const open = join(dir, 'open.json')
      writeFileSync(open, readFileSync(file))
      chmodSync(open, 0o644)
      const got = await refused(503, { headers: bearer(admin) }, await serve(open))
      expect(got.body.detail).to.include('can be read by others')
    })

    it('lets nobody in without a token off loopback', async () => {
      const everywhere = await serve(join(dir, 'none.json'), '0.0.0.0')
      await refused(401, putTopic, everywhere)
      await refused(421, { headers: { host: 'evil.example' } }, everywhere)
    })

    it('opens the unix socket to its owner alone, who needs no token', async () => {
      const socketPath = join(dir, 'http.sock')
      await serve(file)
      expect(statSync(socketPath).mode & 0o777).to.equal(0o600)
      expect((await ask(at, { socketPath })).status).to.equal(200)
    })
  })

  it('does not start with a row that has no scope', () => {
    checkEndpoints(endpoints)
    const [row] = endpoints
    expect(() => checkEndpoints([{ ...row!, scope: 'none' as 'read' }])).to.throw('has no scope')
    expect(() => checkEndpoints([row!, row!])).to.throw('twice')
  })
})
