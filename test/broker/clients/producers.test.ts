import { expect } from 'chai'
import { Producers } from '../../../src/broker/clients/producers.ts'
import { fakePeer } from '../../support/fake-peer.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { silentLog } from '../../support/silent-log.ts'

describe('producers', () => {
  const member = (clientId: string, peer = fakePeer()) => ({ clientId, peer, language: 0, version: 513 })

  it('are forgotten when they unregister, close, or fall silent', () => {
    const clock = manualClock()
    const producers = new Producers({ clock, log: silentLog() })
    const [a, b, c] = [member('a'), member('b'), member('c')]
    for (const entry of [a, b, c]) producers.heartbeat('P', entry)
    producers.unregister('P', 'a', b.peer)
    expect([...producers.get('P')!.keys()], 'not by another connection').to.deep.equal(['a', 'b', 'c'])
    producers.unregister('P', 'a', a.peer)
    b.peer.close('test')
    expect([...producers.get('P')!.keys()]).to.deep.equal(['c'])
    clock.advance(120_001)
    producers.expire(120_000)
    expect(producers.get('P')).to.equal(undefined)
    expect(c.peer.closed).to.equal(true)
    producers.heartbeat('P', c)
    expect(producers.size, 'a heartbeat after the close').to.equal(0)
  })

  it('are one for each connection', () => {
    const producers = new Producers({ clock: manualClock(), log: silentLog() })
    const peer = fakePeer()
    for (let n = 0; n < 1000; n++) producers.heartbeat('P', member(`c${n}`, peer))
    expect([...producers.get('P')!.keys()]).to.deep.equal(['c999'])
    peer.close('test')
    expect(producers.size).to.equal(0)
  })

  it('leave nothing behind, however many groups come and go', () => {
    const producers = new Producers({ clock: manualClock(), log: silentLog() })
    for (let n = 0; n < 1000; n++) {
      const entry = member(`c${n}`)
      producers.heartbeat(`P${n}`, entry)
      entry.peer.close('test')
    }
    expect(producers.size).to.equal(0)
  })
})
