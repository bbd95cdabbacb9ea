import { expect } from 'chai'
import { Notices } from '../../src/remoting/notices.ts'
import { manualClock } from '../support/manual-clock.ts'
import { silentLog } from '../support/silent-log.ts'

describe('notices', () => {
  it('writes a bounded number in a while, and then how many it left out', () => {
    const clock = manualClock()
    const log = silentLog()
    const notices = new Notices(clock, log)
    for (let i = 0; i < 1000; i++) notices.warn({ i }, 'bad frame')
    expect(log.lines).to.have.length(20)
    clock.advance(10_000)
    notices.warn({}, 'bad frame')
    expect(log.lines).to.have.length(22)
    expect(log.lines[20]?.fields).to.deep.equal({ count: 980 })
  })
})
