/** What all endpoints of the HTTP API do alike, against a real cluster. */
import { expect } from 'chai'
import { type AdminCluster, sharedCluster } from '../../support/admin-cluster.ts'

interface Got {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

describe('conventions of the HTTP API', function () {
  this.timeout(20_000)
  const shared = sharedCluster()
  let cluster: AdminCluster
  let url: string
  before(async () => {
    cluster = shared()
    url = (await cluster.serve()).url
  })

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<Got> => {
    const json: Readonly<Record<string, string>> = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) }
  }
  const lastAudit = () => cluster.log.lines.findLast(line => line.message === 'an administrative HTTP request')!.fields

  it('creates with 201 and a place, only once if so wished', async () => {
    for (const path of ['/topics/conv-a', '/groups/conv-a']) {
      const made = await ask('PUT', path, {}, { 'if-none-match': '*' })
      expect([made.status, made.headers.get('location')], path).to.deep.equal([201, `/api/v1${path}`])
      const again = await ask('PUT', path, {}, { 'if-none-match': '*' })
      expect([again.status, again.body['errorCode']]).to.deep.equal([412, 'MQ_PRECONDITION_FAILED'])
      expect((await ask('PUT', path, {})).status).to.equal(200)
    }
  })

  it('changes topics and groups only as they were read', async () => {
    for (const [path, first, second] of [
      ['/topics/conv-b', { readQueueNums: 3 }, { readQueueNums: 6 }],
      ['/groups/conv-b', { retryMaxTimes: 3 }, { retryMaxTimes: 6 }]
    ] as const) {
      const absent = await ask('PATCH', path, first, { 'if-match': '*' })
      expect(absent.status, 'If-Match of what is not there').to.equal(412)
      expect((await ask('PATCH', path, first)).status, 'a patch creates nothing').to.equal(404)
      await ask('PUT', path, {})
      const etag = (await ask('GET', path)).headers.get('etag')!
      const changed = await ask('PATCH', path, first, { 'if-match': etag })
      expect(changed.status, JSON.stringify(changed.body)).to.equal(200)
      const stale = await ask('PATCH', path, second, { 'if-match': etag })
      expect([stale.status, stale.body['exitCode']]).to.deep.equal([412, 5])
      const now = await ask('GET', path)
      expect(now.headers.get('etag'), 'the answer of a change has the new tag').to.equal(changed.headers.get('etag'))
      expect(JSON.stringify(now.body['brokers'])).to.include(`${Object.keys(first)[0]}":3`)
      expect((await ask('DELETE', path, undefined, { 'if-match': etag })).status).to.equal(412)
      expect((await ask('DELETE', path, undefined, { 'if-match': now.headers.get('etag')! })).status).to.equal(200)
    }
  })

  it('takes merge patches, in which null takes away', async () => {
    const patch = { 'content-type': 'application/merge-patch+json' }
    await ask('PUT', '/topics/conv-c', { attributes: { 'message.type': 'FIFO' } })
    const set = await ask('PATCH', '/topics/conv-c', { perm: 4, attributes: { 'message.type': null } }, patch)
    expect(set.status, JSON.stringify(set.body)).to.equal(200)
    const [row] = (await ask('GET', '/topics/conv-c')).body['brokers'] as [{ perm: string; attributes: object }]
    expect([row.perm, row.attributes]).to.deep.equal(['R', {}])
    const config = await ask('PATCH', '/brokers/-/config', { maxMessageSize: '345678' }, patch)
    expect(config.body['items']).to.deep.equal([{ key: 'maxMessageSize', value: '345678' }])
    expect((await ask('PATCH', '/brokers/-/config', { maxMessageSize: null }, patch)).status).to.equal(422)
    expect((await ask('PATCH', '/brokers/-/config', { storePathRootDir: '/x' }, patch)).status).to.equal(403)
    expect((await ask('PATCH', '/brokers/-/config', ['x'], patch)).status).to.equal(422)
  })

  it('answers 304 to who has it already, where the tag is of all of it', async () => {
    const etag = (await ask('GET', '/namesrv/config')).headers.get('etag')!
    const again = await ask('GET', '/namesrv/config', undefined, { 'if-none-match': `"other", ${etag}` })
    expect([again.status, again.headers.get('etag')]).to.deep.equal([304, etag])
    await ask('PUT', '/topics/conv-tag', {})
    const tag = (await ask('GET', '/topics/conv-tag')).headers.get('etag')!
    const counters = await ask('GET', '/topics/conv-tag', undefined, { 'if-none-match': tag })
    expect(counters.status, 'counters may have moved').to.equal(200)
  })

  it('deletes what is not there when that will do', async () => {
    for (const path of ['/topics/conv-none', '/groups/conv-none']) {
      expect((await ask('DELETE', path)).status, path).to.equal(404)
      expect((await ask('DELETE', `${path}?missing=ok`)).status, path).to.equal(204)
    }
    expect((await ask('DELETE', '/topics/conv-none?missing=yes')).status).to.equal(422)
  })

  it('sends a message once for an Idempotency-Key', async () => {
    await ask('PUT', '/topics/conv-d', {})
    const send = (key: string, body = 'once'): Promise<Got> =>
      ask('POST', '/topics/conv-d/messages', { body }, { 'idempotency-key': key })
    const [first, second] = await Promise.all([send('k-1'), send('k-1')])
    const third = await send('k-1')
    expect([first.status, second.body, third.body]).to.deep.equal([201, first.body, first.body])
    expect(third.headers.get('idempotency-replayed')).to.equal('true')
    expect((await ask('GET', '/topics/conv-d')).body['messages']).to.equal(1)
    expect((await send('k-1', 'another')).status).to.equal(422)
    expect((await send('')).status, 'an empty key').to.equal(422)
    expect((await send('k-2')).body['messageId']).to.not.equal(first.body['messageId'])
  })

  it('links to the next page, which goes on in the same order', async () => {
    for (const name of ['p1', 'p2', 'p3']) await ask('PUT', `/topics/conv-${name}`, {})
    const seen: string[] = []
    let path = '/topics?limit=2&match=conv-p&sort=-topic&fields=topic'
    for (;;) {
      const { body, headers } = await ask('GET', path)
      seen.push(...(body['items'] as { topic: string }[]).map(row => row.topic))
      const link = headers.get('link')
      expect(link === null).to.equal(body['next'] === null)
      if (link === null) break
      path = /^<\/api\/v1(.*)>; rel="next"$/.exec(link)![1]!
    }
    expect(seen).to.deep.equal(['conv-p3', 'conv-p2', 'conv-p1'])
    const { body } = await ask('GET', '/topics?filter=topic~conv-p&filter=writeQueueNums>100')
    expect(body['items']).to.deep.equal([])
    for (const wrong of ['filter=nonsense', 'sort=a b', 'fields=', 'filter=lag>x', 'filter=__proto__=x']) {
      expect((await ask('GET', `/topics?${wrong}`)).status, wrong).to.equal(422)
    }
  })

  it('names each request, and tells the log what was before and after', async () => {
    const given = await ask('PUT', '/groups/conv-e', {}, { 'x-request-id': 'mine-1' })
    expect(given.headers.get('x-request-id')).to.equal('mine-1')
    const created = lastAudit()
    expect(created).to.include({ who: 'local', method: 'PUT', status: 201, before: 'absent', request: 'mine-1' })
    await ask('PATCH', '/groups/conv-e', { retryMaxTimes: 9 })
    const changed = lastAudit()
    expect(changed['before']).to.equal(created['after'])
    expect(changed['after']).to.match(/^"/).and.not.equal(changed['before'])
    await ask('PATCH', '/groups/conv-e?dryRun=true', { retryMaxTimes: 10 })
    expect(lastAudit()).to.include({ dryRun: true, before: changed['after'], after: undefined })
    await ask('DELETE', '/groups/conv-e')
    expect(lastAudit()).to.include({ before: changed['after'], after: 'absent' })
    const made = await ask('GET', '/groups/conv-none', undefined, { 'x-request-id': 'not fit' })
    expect(made.headers.get('x-request-id')).to.match(/^[\w-]{12}$/)
    expect(made.body).to.include({ requestId: made.headers.get('x-request-id'), instance: '/api/v1/groups/conv-none' })
  })

  it('bounds how often a caller may ask', async () => {
    const { url: at } = await cluster.serveApi({ rate: { perSecond: 1, burst: 3 } })
    const statuses: number[] = []
    for (let turn = 0; turn < 5; turn++) {
      const answer = await fetch(`${at}/api/v1/version`)
      statuses.push(answer.status)
      if (answer.status === 429) expect(answer.headers.get('retry-after')).to.equal('5')
    }
    expect(statuses.slice(0, 3)).to.deep.equal([200, 200, 200])
    expect(statuses.at(-1)).to.equal(429)
  })

  it('tells of itself, and of everything in one look', async () => {
    expect((await ask('GET', '/whoami')).body).to.deep.equal({ id: 'local', scopes: ['read', 'operate', 'admin'] })
    expect((await ask('GET', '/version')).body).to.deep.equal({ name: 'mq', version: '1.2.3', api: '1.0.0' })
    const { body } = await ask('GET', '/overview')
    expect(body).to.include({ healthy: true })
    expect(body['topics']).to.be.greaterThan(0)
    expect(body['brokers']).to.have.length(1)
  })

  it('has a page to read, without a script and with nothing from elsewhere', async () => {
    const answer = await fetch(`${url}/docs`)
    const text = await answer.text()
    expect(answer.headers.get('content-type')).to.match(/^text\/html/)
    expect(answer.headers.get('content-security-policy')).to.match(/^default-src 'none'; style-src 'sha256-/)
    expect(text)
      .to.include('/topics/{topic}/messages:tail')
      .and.not.match(/<script|src=|https?:\/\/(?!127)/)
    expect(text.length).to.be.lessThan(400_000)
  })
})
