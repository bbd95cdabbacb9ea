import { expect } from 'chai'
import { BrokerTraffic } from '../../../src/broker/stats/traffic.ts'
import { Counter, type WindowName, WindowTimes } from '../../../src/broker/stats/windows.ts'
import { manualClock } from '../../support/manual-clock.ts'

const hourMs = 3_600_000

describe('windows', () => {
  const sums = (traffic: BrokerTraffic, nowMs: number, topic = 'T'): number[] =>
    (['minute', 'hour', 'day'] as const).map(name => traffic.ofTopic(topic)!.over(name, traffic.times, nowMs).sum)

  it('forget what is older than a minute, an hour, a day', () => {
    const clock = manualClock()
    const traffic = new BrokerTraffic({ clock })
    clock.advance(30 * 60_000)
    traffic.stored('T', 5, 50)
    expect(sums(traffic, clock.monotonic())).to.deep.equal([5, 5, 5])
    clock.advance(59_000)
    expect(sums(traffic, clock.monotonic()), 'within a minute').to.deep.equal([5, 5, 5])
    clock.advance(11_000)
    expect(sums(traffic, clock.monotonic()), 'after a minute').to.deep.equal([0, 5, 5])
    clock.advance(69 * 60_000)
    expect(sums(traffic, clock.monotonic()), 'after an hour').to.deep.equal([0, 0, 5])
    clock.advance(23 * hourMs - 70 * 60_000)
    expect(sums(traffic, clock.monotonic()), 'within a day').to.deep.equal([0, 0, 5])
    clock.advance(2 * hourMs)
    expect(sums(traffic, clock.monotonic()), 'after a day').to.deep.equal([0, 0, 0])
  })

  it('tell the rate and the mean of what they cover', () => {
    const clock = manualClock()
    const traffic = new BrokerTraffic({ clock })
    for (let n = 0; n < 7200; n++) {
      traffic.stored('T', 4, 400)
      traffic.stored('T', 2, 100)
      clock.advance(1000)
    }
    for (const name of ['minute', 'hour', 'day'] as WindowName[]) {
      const { perSecond, perCall } = traffic.ofTopic('T')!.over(name, traffic.times, clock.monotonic())
      expect([perSecond, perCall], name).to.deep.equal([6, 3])
      expect(traffic.ofTopic('T')!.over(name, traffic.times, clock.monotonic(), 'bytes').perCall).to.equal(250)
    }
  })

  it('take a counter that came later for one that stood at 0', () => {
    const clock = manualClock()
    const traffic = new BrokerTraffic({ clock })
    clock.advance(2 * hourMs)
    traffic.stored('T', 60, 60)
    const { sum, perSecond } = traffic.ofTopic('T')!.over('minute', traffic.times, clock.monotonic())
    expect([sum, perSecond]).to.deep.equal([60, 1])
  })

  it('do not make a flood of the first message', () => {
    const counter = new Counter()
    counter.add(1, 1)
    expect(counter.over('minute', new WindowTimes(0), 1).perSecond).to.equal(0.1)
  })
})
