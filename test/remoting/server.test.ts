import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import { emptyBody } from '../../src/protocol/command.ts'
import { request } from '../../src/protocol/requests/request.ts'
import { int, optional, text } from '../../src/protocol/schema.ts'
import { formatAddress } from '../../src/remoting/address.ts'
import { remotingClient } from '../../src/remoting/client.ts'
import { route, router } from '../../src/remoting/router.ts'
import { listen } from '../../src/remoting/server.ts'
import { silentLog } from '../support/silent-log.ts'

const echo = request({
  name: 'ECHO',
  code: 9001,
  access: 'none',
  header: { word: text, times: optional(int) },
  reply: { word: text }
})

describe('remoting server and client', () => {
  it("answers a request with the handler's reply", async () => {
    const log = silentLog()
    const server = await listen({
      host: '127.0.0.1',
      port: 0,
      router: router([
        route(echo, ({ word, times }, { body }) => ({
          header: { word: word.repeat(times ?? 1) },
          body: Buffer.from(body)
        }))
      ]),
      clock: systemClock,
      log
    })
    const client = remotingClient({ clock: systemClock, log })
    const address = formatAddress(server.address)
    const answer = await client.invoke(address, echo, { word: 'ab', times: 2 }, Buffer.from('body'), 1000)
    expect(answer.code).to.equal(0)
    expect(answer.fields.get('word')).to.equal('abab')
    expect(answer.body.toString()).to.equal('body')
    const big = Buffer.alloc(1_500_000, 7)
    const many = await Promise.all(
      Array.from({ length: 20 }, () => client.invoke(address, echo, { word: 'x' }, big, 5000))
    )
    for (const one of many) expect(one.body.equals(big)).to.equal(true)
    const none = await client.invoke(address, { ...echo, code: 77 }, { word: 'x' }, emptyBody, 1000)
    expect(none.code).to.equal(3)
    expect(none.remark).to.equal(' request type 77 not supported')
    await client.close()
    await server.close()
    expect(server.peers.size).to.equal(0)
  })
})
