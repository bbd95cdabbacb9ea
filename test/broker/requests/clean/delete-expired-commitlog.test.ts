import { expect } from 'chai'
import { systemClock } from '../../../../src/kit/clock.ts'
import { deleteExpiredCommitlog } from '../../../../src/protocol/requests/delete-expired-commitlog.ts'
import { getMinOffset } from '../../../../src/protocol/requests/get-min-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('DELETE_EXPIRED_COMMITLOG', () => {
  let ahead = 0
  const clock = { ...systemClock, now: () => Date.now() + ahead }
  const hour = (new Date().getHours() + 12) % 24
  const deleteWhen = String(hour).padStart(2, '0')
  const broker = sharedBroker({ clock, options: { mappedFileSizeCommitLog: 1 << 20, fileReservedTime: 1, deleteWhen } })

  const begin = async (): Promise<number> =>
    Number((await broker().ask(getMinOffset, { topic: 'TOld', queueId: 0 })).fields.get('offset'))
  const clean = async (): Promise<number> => (await broker().ask(deleteExpiredCommitlog, {})).code

  it('removes segments past their time at any hour, and keeps those within it', async () => {
    await broker().makeTopic('TOld', 1)
    for (let n = 0; n < 30; n++) await broker().send('TOld', 'x'.repeat(100_000))
    expect(await clean()).to.equal(0)
    expect(await begin(), 'not past its time').to.equal(0)
    ahead = 2 * 3_600_000
    expect(await clean()).to.equal(0)
    expect(await begin()).to.be.within(10, 29)
    const { segmentCount } = broker().broker.stats().store
    expect(segmentCount, 'the one that is written stays').to.be.within(1, 2)
  })
})
