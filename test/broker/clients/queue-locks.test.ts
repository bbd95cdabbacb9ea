import { expect } from 'chai'
import { Locks } from '../../../src/broker/clients/queue-locks.ts'
import { manualClock } from '../../support/manual-clock.ts'

describe('queue locks', () => {
  it('end 60 s after they were last taken', () => {
    const clock = manualClock()
    const locks = new Locks({ clock })
    expect(locks.lock('G', 'a', 'T', 0)).to.equal(true)
    clock.advance(40_000)
    expect(locks.lock('G', 'a', 'T', 0), 'renewed').to.equal(true)
    clock.advance(59_999)
    expect(locks.lock('G', 'b', 'T', 0)).to.equal(false)
    expect(locks.anyLocked('G')).to.equal(true)
    clock.advance(1)
    expect(locks.anyLocked('G')).to.equal(false)
    expect(locks.lock('G', 'b', 'T', 0)).to.equal(true)
  })

  it('are one for each group, topic and queue', () => {
    const locks = new Locks({ clock: manualClock() })
    expect(locks.lock('G', 'a', 'T', 0)).to.equal(true)
    expect(locks.lock('H', 'b', 'T', 0)).to.equal(true)
    expect(locks.lock('G', 'b', 'U', 0)).to.equal(true)
    expect(locks.lock('G', 'b', 'T', 1)).to.equal(true)
    locks.unlock('G', 'b', 'T', 0)
    expect(locks.lock('G', 'b', 'T', 0)).to.equal(false)
    expect(locks.anyLocked('X')).to.equal(false)
  })

  it('are forgotten once they have ended', () => {
    const clock = manualClock()
    const locks = new Locks({ clock })
    for (let queueId = 0; queueId < 100; queueId++) locks.lock('G', 'a', 'T', queueId)
    clock.advance(30_000)
    locks.lock('G', 'a', 'T', 0)
    clock.advance(30_000)
    locks.expire()
    expect(locks.size).to.equal(1)
  })
})
