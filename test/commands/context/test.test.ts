import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'
import { cluster } from '../../support/mq.ts'

describe('mq context test', () => {
  const home = contextHome()
  const dev = cluster()

  it('asks over each road, and exits with 7 when one is closed', async () => {
    await home().json('context', 'add', 'dev', '-n', dev().namesrv, '--api', dev().http)
    const { items } = (await home().json('context', 'test')) as {
      items: { road: string; ok: boolean; brokers: number }[]
    }
    expect(items.map(({ road, ok, brokers }) => [road, ok, brokers])).to.deep.equal([
      ['http', true, 1],
      ['remoting', true, 1]
    ])
    await home().json('context', 'add', 'half', '-n', '127.0.0.1:1', '--api', dev().http)
    const { code, stdout } = await home().run(['context', 'test', 'half', '--json'])
    expect(code).to.equal(7)
    expect(JSON.parse(stdout).items.map((row: { ok: boolean }) => row.ok)).to.deep.equal([true, false])
  })
})
