import { expect } from 'chai'
import { BrokerTraffic } from '../../../src/broker/stats/traffic.ts'
import { manualClock } from '../../support/manual-clock.ts'

describe('traffic', () => {
  it('counts what goes in and out', () => {
    const traffic = new BrokerTraffic({ clock: manualClock() })
    traffic.stored('T', 3, 300)
    traffic.stored('U', 1, 10)
    traffic.delivered('G', 'T', 2, 200)
    traffic.missed()
    expect(traffic.totals).to.deep.equal({
      storedMessages: 4,
      storedBytes: 310,
      deliveredMessages: 2,
      deliveredBytes: 200,
      pullsFound: 1,
      pullsMissed: 1
    })
  })

  it('knows the rates of the last 10 seconds, minute and ten minutes, as far back as it has looked', () => {
    const clock = manualClock()
    const traffic = new BrokerTraffic({ clock })
    const second = (messages: number) => {
      traffic.stored('T', messages, 1)
      clock.advance(1000)
    }
    for (let n = 0; n < 10; n++) second(100)
    expect(traffic.rate('stored', 10)).to.equal(undefined)
    second(100)
    expect(traffic.rate('stored', 10)).to.equal(100)
    expect(traffic.rate('stored', 60)).to.equal(undefined)
    for (let n = 0; n < 60; n++) second(10)
    expect([traffic.rate('stored', 10), traffic.rate('stored', 60)]).to.deep.equal([10, 10])
    for (let n = 0; n < 700; n++) second(1)
    expect([traffic.rate('stored', 10), traffic.rate('stored', 600)]).to.deep.equal([1, 1])
    expect(traffic.rate('delivered', 10)).to.equal(0)
  })

  it('knows the rate of a topic, and of a group on a topic, over the last minute', () => {
    const clock = manualClock()
    const traffic = new BrokerTraffic({ clock })
    expect([traffic.topicRate('T'), traffic.groupRate('G', 'T')]).to.deep.equal([0, 0])
    for (let n = 0; n < 120; n++) {
      traffic.stored('T', 5, 1)
      traffic.delivered('G', 'T', 2, 1)
      clock.advance(1000)
    }
    expect(traffic.topicRate('T')).to.equal(5)
    expect(traffic.groupRate('G', 'T')).to.equal(2)
    for (let n = 0; n < 120; n++) clock.advance(1000)
    expect(traffic.topicRate('T')).to.equal(0)
  })

  it('remembers the totals at midnight', () => {
    const clock = manualClock(new Date(2026, 0, 1, 23, 59, 50).getTime())
    const traffic = new BrokerTraffic({ clock })
    traffic.stored('T', 7, 1)
    clock.advance(20_000)
    traffic.stored('T', 1, 1)
    expect(traffic.days).to.deep.include({ storedTodayMorning: 7, storedYesterdayMorning: 0 })
    clock.advance(86_400_000)
    expect(traffic.days).to.deep.include({ storedTodayMorning: 8, storedYesterdayMorning: 7 })
  })

  it('forgets topics and groups', () => {
    const traffic = new BrokerTraffic({ clock: manualClock() })
    traffic.stored('T', 1, 1)
    traffic.delivered('G', 'T', 1, 1)
    traffic.delivered('H', 'U', 1, 1)
    traffic.deleteTopic('T')
    expect([...traffic.topics()]).to.deep.equal([])
    expect([...traffic.groups()].map(([group]) => group)).to.deep.equal(['H'])
    traffic.deleteGroup('H')
    expect([...traffic.groups()]).to.deep.equal([])
    expect(traffic.totals.storedMessages).to.equal(1)
  })
})
