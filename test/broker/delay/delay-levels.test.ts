import { expect } from 'chai'
import { createDelayLevels } from '../../../src/broker/delay/delay-levels.ts'
import { manualClock } from '../../support/manual-clock.ts'

describe('delay levels', () => {
  it('are Java’s 18 unless said otherwise', () => {
    const levels = createDelayLevels(manualClock())
    expect(levels.max).to.equal(18)
    expect([1, 5, 18, 0, 99].map(level => levels.delayMs(level))).to.deep.equal([
      1000, 60_000, 7_200_000, 1000, 7_200_000
    ])
    const own = createDelayLevels(manualClock(), ' 2s  1d ')
    expect([own.max, own.delayMs(1), own.delayMs(2)]).to.deep.equal([2, 2000, 86_400_000])
  })

  it('refuse what is no list of delays, naming the entry', () => {
    for (const text of ['', '5', '1s 5x', '-1s', '1.5s']) {
      expect(() => createDelayLevels(manualClock(), text), text).to.throw(/messageDelayLevel/)
    }
  })

  it('count in a time that no change of the wall clock moves', () => {
    const clock = manualClock(1_000_000)
    let jump = 0
    const levels = createDelayLevels({ ...clock, now: () => clock.now() + jump, monotonic: () => clock.monotonic() })
    clock.advance(500)
    jump = 3_600_000
    expect(levels.now()).to.equal(1_000_500)
    jump = -3_600_000
    expect(levels.now()).to.equal(1_000_500)
  })
})
