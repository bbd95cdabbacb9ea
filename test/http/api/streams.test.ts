/** Streams as bytes on a connection: their form, their bounds, their end. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { expect } from 'chai'
import type { StreamLimits } from '../../../src/http/api/stream-writer.ts'
import { httpAdmin } from '../../../src/http/client/http-admin.ts'
import { type AdminCluster, sharedCluster } from '../../support/admin-cluster.ts'
import { eventually } from '../../support/eventually.ts'

/** A stream as curl would see it. */
class Raw {
  readonly answer: IncomingMessage
  text = ''
  ended = false

  private constructor(answer: IncomingMessage) {
    this.answer = answer
    answer.setEncoding('utf8')
    answer.on('data', (part: string) => {
      this.text += part
    })
    answer.on('end', () => {
      this.ended = true
    })
    answer.on('error', () => {})
  }

  static open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Raw> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(url, { headers, agent: false }, answer => resolve(new Raw(answer)))
      sent.on('error', reject)
      sent.end()
    })
  }

  has(text: string | RegExp): Promise<void> {
    const is = (): boolean => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text))
    return eventually(is, `${text} comes`)
  }

  close(): void {
    this.answer.destroy()
  }
}

describe('streams of the HTTP API', function () {
  this.timeout(20_000)
  const shared = sharedCluster()
  let cluster: AdminCluster
  let count = 0
  before(() => {
    cluster = shared()
  })
  const newTopic = async (): Promise<string> => {
    const topic = `stream-${++count}`
    const spec = { topic, readQueueNums: 1, writeQueueNums: 1, perm: 6, order: false, attributes: {} }
    await cluster.admin.createTopic(spec, { existing: 'fail', wait: true })
    return topic
  }
  const serve = async (streams: Partial<StreamLimits> = {}): Promise<string> =>
    (await cluster.serveApi({ streams })).url
  const tailOf = (url: string, topic: string, query = ''): string =>
    `${url}/api/v1/topics/${topic}/messages:tail${query}`

  it('are server-sent events: ids that resume, kinds, a pause to retry after, heartbeats', async () => {
    const topic = await newTopic()
    const url = await serve({ heartbeatMs: 50 })
    const raw = await Raw.open(tailOf(url, topic))
    expect(raw.answer.headers['content-type']).to.match(/^text\/event-stream/)
    expect(raw.answer.headers).to.include({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    await raw.has(/^retry: 2000\n\nid: [\w-]+\nevent: begin\ndata: \{"topic":"stream-1","queues":1\}\n\n/)
    await raw.has('\n: still here\n\n')
    await cluster.admin.sendMessage({ topic, body: 'one\ntwo' })
    await raw.has(/id: [\w-]+\nevent: message\ndata: \{.*"body":"one\\ntwo".*\}\n\n/)
    const id = /id: ([\w-]+)\nevent: message/.exec(raw.text)![1]!
    raw.close()
    await cluster.admin.sendMessage({ topic, body: 'three' })
    const again = await Raw.open(tailOf(url, topic), { 'last-event-id': id })
    await again.has('"body":"three"')
    expect(again.text).to.not.include('one')
    again.close()
  })

  it('are NDJSON for who accepts it, and looks for who watches', async () => {
    const url = await serve()
    const topic = await newTopic()
    const accept = { accept: 'application/x-ndjson' }
    const raw = await Raw.open(tailOf(url, topic, '?from=start'), accept)
    expect(raw.answer.headers['content-type']).to.match(/^application\/x-ndjson/)
    await cluster.admin.sendMessage({ topic, body: 'x' })
    await raw.has('"body":"x"')
    const events = raw.text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line))
    expect(events.map(event => event.event)).to.deep.equal(['begin', 'message'])
    raw.close()
    const { brokerName } = cluster.broker.broker.identity
    for (const path of [`/brokers/${brokerName}/stats`, '/overview']) {
      const watch = await Raw.open(`${url}/api/v1${path}?watch=true&intervalMs=500`, accept)
      await watch.has(/"event":"stats".*\n.*"event":"stats"/)
      watch.close()
      const once = (await (await fetch(`${url}/api/v1${path}`)).json()) as { brokers: unknown[] }
      expect(once.brokers).to.have.length(1)
    }
  })

  it('are problems where they cannot begin', async () => {
    const url = await serve()
    for (const [path, status] of [
      ['/topics/nowhere/messages:tail', 404],
      ['/topics/stream-1/messages:tail?cursor=x', 422],
      ['/topics/stream-1/messages:tail?from=middle', 422],
      ['/groups/nobody/lag?watch=true', 404],
      ['/overview?watch=true&intervalMs=1', 422]
    ] as const) {
      const answer = await fetch(`${url}/api/v1${path}`)
      expect(answer.status, path).to.equal(status)
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
      await answer.text()
    }
  })

  it('are as many as there may be, and no more', async () => {
    const topic = await newTopic()
    const url = await serve({ clientsMax: 2 })
    const open = [await Raw.open(tailOf(url, topic)), await Raw.open(tailOf(url, topic))]
    const third = await fetch(tailOf(url, topic))
    expect([third.status, third.headers.get('retry-after')]).to.deep.equal([429, '5'])
    open[0]!.close()
    let next: Raw | undefined
    await eventually(async () => {
      next = await Raw.open(tailOf(url, topic))
      return next.answer.statusCode === 200
    }, 'there is room again')
    open[1]!.close()
    next?.close()
  })

  it('end when the server stops', async () => {
    const topic = await newTopic()
    const { url, server } = await cluster.serveApi({})
    const raw = await Raw.open(tailOf(url, topic))
    await raw.has('event: begin')
    await server.close()
    await eventually(() => raw.ended, 'the stream has its end')
  })

  /** Reads the head, then nothing. */
  const stuck = async (url: string, path: string): Promise<Socket> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n`)
    await new Promise<void>(resolve => socket.once('data', () => resolve()))
    socket.pause()
    return socket
  }
  const fill = async (topic: string, bytes: number): Promise<void> => {
    const body = 'x'.repeat(500_000)
    for (let sent = 0; sent < bytes; sent += body.length) await cluster.admin.sendMessage({ topic, body })
  }

  const said = (text: string): boolean => cluster.log.lines.some(line => line.message.includes(text))

  it('wait for a slow reader for a while, then pass over what came meanwhile, and say so', async () => {
    const topic = await newTopic()
    const url = await serve({ patienceMs: 300, stallMs: 15_000, bufferMax: 16_384 })
    const socket = await stuck(url, `/api/v1/topics/${topic}/messages:tail`)
    let text = ''
    // More than the kernel's buffers of both sides hold.
    await fill(topic, 16_000_000)
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part.length > 2000 ? part.slice(0, 500) + part.slice(-1500) : part
    })
    await eventually(() => said('too slow'), 'the server waits no longer')
    socket.resume()
    await eventually(async () => {
      await cluster.admin.sendMessage({ topic, body: 'marker' })
      return text.includes('"marker"')
    }, 'what comes later arrives')
    expect(text).to.match(/"event":"dropped","cursor":"[\w-]+","data":\{"count":[1-9]/)
    socket.destroy()
  })

  it('cut off who never reads', async () => {
    const topic = await newTopic()
    const url = await serve({ patienceMs: 100, stallMs: 200, bufferMax: 16_384, clientsMax: 1 })
    const socket = await stuck(url, `/api/v1/topics/${topic}/messages:tail`)
    await fill(topic, 16_000_000)
    let next: Raw | undefined
    await eventually(async () => {
      next = await Raw.open(tailOf(url, topic))
      return next.answer.statusCode === 200
    }, 'the place of the reader is free')
    expect(said('cut off')).to.equal(true)
    next?.close()
    socket.destroy()
  })

  it('go on over HTTP after the server was started anew', async () => {
    const topic = await newTopic()
    const first = await cluster.serveApi({})
    const { port } = new URL(first.url)
    const tail = httpAdmin({ url: first.url, timeoutMs: 5000, retryMs: 20 }).tail({ topic })[Symbol.asyncIterator]()
    expect((await tail.next()).value.event).to.equal('begin')
    await cluster.admin.sendMessage({ topic, body: 'before' })
    expect((await tail.next()).value.data.body).to.equal('before')
    await first.server.close()
    await cluster.admin.sendMessage({ topic, body: 'between' })
    await cluster.serveApi({}, { port: Number(port) })
    expect((await tail.next()).value.data.body).to.equal('between')
    await tail.return?.()
  })
})
