import { expect } from 'chai'
import { type HttpServer, startHttp } from '../../src/http/server.ts'
import type { MqError } from '../../src/kit/errors.ts'
import { silentLog } from '../support/silent-log.ts'

describe('http', () => {
  let fault: string | undefined
  let failure: Error | undefined
  let server: HttpServer
  const log = silentLog()

  const start = (port: number): Promise<HttpServer> =>
    startHttp({
      host: '127.0.0.1',
      port,
      live: () => undefined,
      ready: () => fault,
      metrics: async () => {
        if (failure !== undefined) throw failure
        return { contentType: 'text/plain; version=0.0.4', text: 'a 1\n' }
      },
      log
    })
  const get = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.address.port}${path}`, init)

  beforeEach(async () => {
    fault = undefined
    failure = undefined
    server = await start(0)
  })

  afterEach(() => server.close())

  it('says that it lives', async () => {
    const answer = await get('/livez')
    expect([answer.status, await answer.text()]).to.deep.equal([200, 'ok\n'])
    expect(answer.headers.get('cache-control')).to.equal('no-store')
  })

  it('says whether it is ready, and why not', async () => {
    expect((await get('/readyz')).status).to.equal(200)
    fault = 'the broker is stopping'
    const answer = await get('/readyz')
    expect([answer.status, await answer.text()]).to.deep.equal([503, 'the broker is stopping\n'])
    expect((await get('/livez')).status).to.equal(200)
  })

  it('answers metrics in their own type', async () => {
    const answer = await get('/metrics')
    expect([answer.status, await answer.text()]).to.deep.equal([200, 'a 1\n'])
    expect(answer.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/)
  })

  it('tells the log, not the caller, what went wrong', async () => {
    failure = new Error('secret path /x')
    const answer = await get('/metrics')
    expect([answer.status, await answer.text()]).to.deep.equal([500, 'the request failed; the log says why\n'])
    expect(log.lines.at(-1)?.fields['error']).to.equal('secret path /x')
  })

  it('knows no other paths and methods', async () => {
    expect((await get('/')).status).to.equal(404)
    expect((await get('/metrics/../etc')).status).to.equal(404)
    expect((await get('/livez', { method: 'POST', body: 'x' })).status).to.equal(404)
  })

  it('says when its port is taken', async () => {
    let error: MqError | undefined
    await start(server.address.port).catch((caught: MqError) => {
      error = caught
    })
    expect(error?.code).to.equal('MQ_PORT_IN_USE')
  })
})
