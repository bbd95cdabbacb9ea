import { expect } from 'chai'
import { emptyBody } from '../../src/protocol/command.ts'
import { notifyConsumerIdsChanged } from '../../src/protocol/requests/notify-consumer-ids-changed.ts'
import type { Peer } from '../../src/remoting/peer.ts'
import { type EchoServer, type EchoSettings, echo, echoServer, fail, give, hold } from '../support/echo-server.ts'
import { eventually } from '../support/eventually.ts'
import { manualClock } from '../support/manual-clock.ts'
import { binaryHeader, frameOf, jsonHeader, RawClient } from '../support/raw-client.ts'

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

describe('a connection', () => {
  let server: EchoServer
  let client: RawClient
  const peer = (): Peer => [...server.peers][0]!

  const start = async (settings: EchoSettings = {}): Promise<void> => {
    server = await echoServer(settings)
    client = await RawClient.connect(server.address.port)
    await eventually(() => server.peers.size === 1, 'the server sees the client')
  }

  afterEach(async () => {
    client?.destroy()
    server?.release()
    await server?.close()
  })

  const ping = async (): Promise<void> => {
    const answer = await client.ask(echo.code, { word: 'ping' })
    expect(answer.fields.get('word')).to.equal('ping')
  }

  describe('answers', () => {
    it('with the opaque and in the form of the request', async () => {
      await start()
      const first = client.answerTo(-5)
      client.write(frameOf(binaryHeader(echo.code, { word: 'über' }, { opaque: -5 }), Buffer.from('body'), 1))
      const answer = await first
      expect([answer.code, answer.flag, answer.fields.get('word'), String(answer.body)]).to.deep.equal([
        0,
        1,
        'über',
        'body'
      ])
      await ping()
    })

    it('a code that it does not know with Apache’s words', async () => {
      await start()
      const answer = await client.ask(31_999, {})
      expect([answer.code, answer.remark]).to.deep.equal([3, ' request type 31999 not supported'])
    })

    it('a missing or malformed field with code 1 and its name', async () => {
      await start()
      expect(await client.ask(echo.code, {})).to.include({ code: 1, remark: 'the custom field <word> is null' })
      expect((await client.ask(give.code, { bytes: '1e3' })).remark).to.contain('bytes')
    })

    it('errors of handlers with the code that the table gives', async () => {
      await start()
      const codes = async (word: string): Promise<unknown[]> => {
        const { code, remark } = await client.ask(fail.code, { word })
        return [code, remark]
      }
      const sentence = 'what is wrong and why'
      expect(await codes('MQ_TOPIC_NOT_FOUND')).to.deep.equal([17, sentence])
      expect(await codes('MQ_NOT_PERMITTED')).to.deep.equal([16, sentence])
      expect(await codes('MQ_MESSAGE_INVALID')).to.deep.equal([13, sentence])
      expect(await codes('MQ_STORE_UNAVAILABLE')).to.deep.equal([14, sentence])
      expect(await codes('MQ_DISK_FULL')).to.deep.equal([14, sentence])
      expect(await codes('MQ_TOO_BUSY')).to.deep.equal([2, sentence])
      expect(await codes('MQ_BODY_INVALID')).to.deep.equal([1, sentence])
      expect(server.log.lines.filter(line => line.level === 'error')).to.have.length(0)
      expect(await codes('ours')).to.deep.equal([1, 'system error: a bug'])
      expect(server.log.lines.filter(line => line.level === 'error')).to.have.length(1)
    })

    it('an error instead of an answer that no frame can carry', async () => {
      await start()
      const answer = await client.ask(fail.code, { word: 'huge' })
      expect(answer.code).to.equal(1)
      await ping()
    })

    it('one-way requests never, not even with an error', async () => {
      await start()
      const frames: unknown[] = []
      client.onFrame = frame => frames.push(frame)
      for (const code of [echo.code, fail.code, 31_999]) {
        client.write(frameOf(jsonHeader(code, { word: 'ours' }, { opaque: 900, flag: 2 }), emptyBody))
      }
      client.write(frameOf(jsonHeader(echo.code, {}, { opaque: 901, flag: 2 }), emptyBody))
      client.write(frameOf(Buffer.from('{"code":x,"opaque":902,"flag":2}'), emptyBody))
      await ping()
      expect(frames).to.deep.equal([])
    })

    it('a header that cannot be read with code 1, if it tells whom to answer', async () => {
      await start()
      const answered = client.answerTo(77)
      client.write(frameOf(Buffer.from('{"code":10,,"opaque":77,"flag":0}'), emptyBody))
      expect((await answered).code).to.equal(1)
      await ping()
    })

    it('requests of either end over one connection at a time', async () => {
      await start()
      client.onFrame = frame => {
        if (frame.code === 40)
          client.write(frameOf(jsonHeader(0, {}, { opaque: frame.opaque, flag: 1 }), Buffer.from('ok')))
      }
      const asked = Array.from({ length: 50 }, () =>
        peer().invoke(notifyConsumerIdsChanged, { consumerGroup: 'g' }, emptyBody, 5000)
      )
      const pings = Array.from({ length: 50 }, () => ping())
      for (const answer of await Promise.all(asked)) expect(String(answer.body)).to.equal('ok')
      await Promise.all(pings)
    })

    it('a call whose answer cannot be read with an error, not with silence', async () => {
      await start()
      client.onFrame = frame => {
        client.write(frameOf(Buffer.from(`{"code":?,"flag":1,"opaque":${frame.opaque}}`), emptyBody))
      }
      const error = await peer()
        .invoke(notifyConsumerIdsChanged, { consumerGroup: 'g' }, emptyBody, 5000)
        .catch((thrown: unknown) => thrown)
      expect(error).to.have.property('code', 'MQ_HEADER_INVALID')
    })
  })

  describe('against hostile bytes', () => {
    const length = (value: number): Buffer => {
      const bytes = Buffer.alloc(12)
      bytes.writeInt32BE(value)
      return bytes
    }
    const frames: [string, Buffer][] = [
      ['length 0', length(0)],
      ['length 3', length(3)],
      ['a negative length', length(-1)],
      ['length 2^31-1', length(2 ** 31 - 1)],
      ['a frame one byte above the limit', length(16 * 1024 * 1024 + 1)],
      ['a header longer than its frame', Buffer.from([0, 0, 0, 8, 0, 0, 0, 5, 1, 2, 3, 4])],
      ['a header length of 2^24-1', Buffer.from([0, 0, 0, 8, 0, 255, 255, 255, 1, 2, 3, 4])],
      ['a header without anything', frameOf(Buffer.alloc(0), emptyBody)],
      ['a header of deep arrays', frameOf(Buffer.from('['.repeat(200_000)), emptyBody)],
      ['a header above 256 KiB', frameOf(Buffer.alloc(256 * 1024 + 1, 32), emptyBody)],
      ['no header at all', frameOf(Buffer.from('\u0000\u0001'), emptyBody)],
      ...[2, 3, 127, 128, 255].map((form): [string, Buffer] => [
        `header form ${form}`,
        frameOf(jsonHeader(echo.code, { word: 'x' }), emptyBody, form)
      ])
    ]
    for (const [what, bytes] of frames) {
      it(`closes on ${what}, and says why`, async () => {
        await start()
        client.write(bytes)
        await client.closed
        await eventually(() => server.peers.size === 0, 'the connection is forgotten')
        expect(server.log.lines.filter(line => line.level === 'warn')).to.have.length(1)
      })
    }

    it('serves on when a frame is cut anywhere and its sender goes', async () => {
      await start()
      const whole = frameOf(jsonHeader(echo.code, { word: 'cut' }), Buffer.from('body'))
      for (let cut = 1; cut < whole.length; cut += 7) {
        const other = await RawClient.connect(server.address.port)
        other.write(whole.subarray(0, cut))
        other.end()
        await other.closed
      }
      await ping()
      await eventually(() => server.peers.size === 1, 'only the good client is left')
    })

    it('reads a frame that comes in single bytes, and a thousand in one write', async () => {
      await start()
      const one = client.answerTo(500)
      for (const byte of frameOf(jsonHeader(echo.code, { word: 'slow' }, { opaque: 500 }), Buffer.from('body'))) {
        client.write(Buffer.from([byte]))
        await turn()
      }
      expect(String((await one).body)).to.equal('body')
      const many = Array.from({ length: 1000 }, (_, i) => client.answerTo(1000 + i))
      client.write(
        Buffer.concat(
          many.map((_, i) =>
            frameOf(jsonHeader(echo.code, { word: `${i}` }, { opaque: 1000 + i }), Buffer.from(`${i}`))
          )
        )
      )
      const answers = await Promise.all(many)
      const got = answers.map(answer => `${answer.fields.get('word')} ${answer.body}`)
      expect(got).to.deep.equal(answers.map((_, i) => `${i} ${i}`))
    })

    it('takes names of JavaScript for names', async () => {
      await start()
      for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        expect((await client.ask(echo.code, { word })).fields.get('word')).to.equal(word)
        const answer = client.answerTo(600)
        const header = `{"code":${echo.code},"opaque":600,"flag":0,"extFields":{"${word}":"x","word":"w"}}`
        client.write(frameOf(Buffer.from(header), emptyBody))
        expect((await answer).fields.get('word')).to.equal('w')
      }
      expect(({} as Record<string, unknown>)['x']).to.equal(undefined)
    })
  })

  describe('with a slow peer', () => {
    it('closes when a frame is not complete within 30 s, and not before', async () => {
      const clock = manualClock()
      await start({ clock })
      const frame = frameOf(jsonHeader(echo.code, { word: 'half' }), emptyBody)
      client.write(frame.subarray(0, 20))
      await eventually(() => peer().closed || (peer() as Peer & { heldBytes: number }).heldBytes > 0, 'it has come')
      for (let s = 0; s < 30; s++) {
        clock.advance(1000)
        // A byte now and then is no excuse.
        client.write(frame.subarray(20 + s, 21 + s))
        await turn()
        expect(server.peers.size, `after ${s + 1} s`).to.equal(1)
      }
      clock.advance(2000)
      expect(server.peers.size).to.equal(0)
      await client.closed
    })

    it('closes when nothing at all happens for 120 s, but not while a request is in flight', async () => {
      const clock = manualClock()
      await start({ clock })
      const held = client.ask(hold.code, {})
      await eventually(() => server.held.length === 1, 'the request is held')
      for (let s = 0; s < 200; s++) clock.advance(1000)
      expect(server.peers.size).to.equal(1)
      server.release()
      await held
      for (let s = 0; s < 119; s++) clock.advance(1000)
      await ping()
      for (let s = 0; s < 119; s++) clock.advance(1000)
      expect(server.peers.size).to.equal(1)
      clock.advance(3000)
      await client.closed
    })

    it('reads no more than the requests in flight allow, and goes on afterwards', async () => {
      await start({ limits: { requestsInFlightMax: 16 } })
      const answers = Array.from({ length: 100 }, () => client.ask(hold.code, {}))
      await eventually(() => server.held.length === 16, 'as many as allowed are in flight')
      await turn()
      await turn()
      expect(server.held.length).to.equal(16)
      const done = Promise.all(answers)
      let over = false
      void done.then(() => {
        over = true
      })
      await eventually(() => {
        expect(server.held.length).to.be.at.most(16)
        server.release()
        return over
      }, 'all are answered')
      await done
    })

    it('reads no more than the bytes in flight allow', async () => {
      await start({ limits: { bytesInFlightMax: 100_000 } })
      const answers = Array.from({ length: 20 }, () => client.ask(hold.code, {}, Buffer.alloc(30_000)))
      await eventually(() => server.held.length === 4, 'four have come')
      await turn()
      await turn()
      expect(server.held.length).to.equal(4)
      let over = false
      const done = Promise.all(answers).then(() => {
        over = true
      })
      await eventually(() => {
        server.release()
        return over
      }, 'all are answered')
      await done
    })
  })

  describe('the fast lane', () => {
    it('sees every frame first, by its place in the chunk, and leaves to the router what it does not take', async () => {
      const seen: string[] = []
      await start({
        fastLane: (chunk, start, end, from) => {
          const frame = chunk.toString('latin1', start, end)
          if (!frame.includes('fast')) return false
          seen.push(frame.slice(4, 9))
          const answer = frameOf(
            jsonHeader(0, {}, { opaque: Number(/"opaque":(\d+)/.exec(frame)![1]), flag: 1 }),
            emptyBody
          )
          const room = from.claim(answer.length)!
          answer.copy(room.bytes, room.at)
          return true
        }
      })
      const answers = Array.from({ length: 40 }, (_, i) => client.ask(echo.code, { word: i % 2 ? 'fast' : 'slow' }))
      const words = (await Promise.all(answers)).map(answer => answer.fields.get('word') ?? 'fast')
      expect(words).to.deep.equal(Array.from({ length: 40 }, (_, i) => (i % 2 ? 'fast' : 'slow')))
      expect(seen).to.have.length(20)
    })

    it('work that it counts holds back the reading as the router’s does', async () => {
      let taken = 0
      await start({
        limits: { requestsInFlightMax: 8 },
        fastLane: (_chunk, start, end, from) => {
          taken++
          from.enter(end - start)
          return true
        }
      })
      const frame = frameOf(jsonHeader(echo.code, { word: 'x' }, { flag: 2 }), emptyBody)
      client.write(Buffer.concat(Array.from({ length: 50 }, () => frame)))
      await eventually(() => taken === 8, 'it is full')
      await turn()
      await turn()
      expect(taken).to.equal(8)
      for (let answered = 0; answered < 50; answered++) {
        await eventually(() => taken > answered, 'one more has come')
        peer().leave(frame.length - 4)
      }
      expect(taken).to.equal(50)
    })

    it('ends the connection when it throws, since output may be half written', async () => {
      await start({
        fastLane: () => {
          throw new Error('a bug')
        }
      })
      client.write(frameOf(jsonHeader(echo.code, { word: 'x' }), emptyBody))
      await client.closed
      expect(server.log.lines.map(line => line.message)).to.include('the fast lane failed')
    })
  })

  describe('closing', () => {
    it('sends what is queued first, and tells its listeners once', async () => {
      await start()
      let closed = 0
      peer().onClose(() => void closed++)
      const it = peer()
      it.oneWay(notifyConsumerIdsChanged, { consumerGroup: 'g' })
      it.close('enough')
      let frames = 0
      client.onFrame = () => void frames++
      await client.closed
      expect(frames).to.equal(1)
      await eventually(() => it.closed, 'it is closed')
      expect(closed).to.equal(1)
      let late = 0
      it.onClose(() => void late++)
      expect(late).to.equal(1)
      expect(it.claim(10)).to.equal(undefined)
      it.oneWay(notifyConsumerIdsChanged, { consumerGroup: 'g' })
      const error = await it
        .invoke(notifyConsumerIdsChanged, { consumerGroup: 'g' }, emptyBody, 10)
        .catch((e: unknown) => e)
      expect(error).to.have.property('code', 'MQ_CONNECTION_CLOSED')
    })

    it('a request that is refused was not sent', async () => {
      await start({ limits: { callsMax: 1 } })
      const codes: number[] = []
      client.onFrame = frame => void codes.push(frame.code)
      const ask = () =>
        peer()
          .invoke(notifyConsumerIdsChanged, { consumerGroup: 'g' }, emptyBody, 50)
          .catch((error: { code: string }) => error.code)
      expect(await Promise.all([ask(), ask()])).to.deep.equal(['MQ_TIMEOUT', 'MQ_TOO_BUSY'])
      expect(codes).to.deep.equal([40])
    })

    it('an answer that comes after the end is dropped, not written', async () => {
      await start()
      const answer = client.ask(hold.code, {}).catch(() => 'none')
      await eventually(() => server.held.length === 1, 'it is held')
      const it = peer() as Peer & { reason: string }
      it.close('enough')
      server.release()
      expect(await answer).to.equal('none')
      await eventually(() => it.closed, 'it is closed')
      expect(it.reason).to.equal('enough')
    })

    it('fails the calls that wait', async () => {
      await start()
      const call = peer().invoke(notifyConsumerIdsChanged, { consumerGroup: 'g' }, emptyBody, 60_000)
      client.destroy()
      expect(await call.catch((error: unknown) => error)).to.have.property('code', 'MQ_CONNECTION_CLOSED')
    })
  })
})
