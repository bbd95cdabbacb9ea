import { expect } from 'chai'
import { setCommitlogReadMode } from '../../../../src/protocol/requests/set-commitlog-read-mode.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('SET_COMMITLOG_READ_MODE', () => {
  const broker = sharedBroker()

  it('says that this store has no such mode', async () => {
    const answer = await broker().ask(setCommitlogReadMode, { READ_AHEAD_MODE: '1' })
    expect(answer.code).to.equal(3)
    expect(answer.remark).to.match(/LevelDB.*there is no mode to set$/)
  })

  it('refuses values that no store has', async () => {
    expect((await broker().ask(setCommitlogReadMode, { READ_AHEAD_MODE: '2' })).code).to.equal(29)
    expect((await broker().ask(setCommitlogReadMode, {})).code).to.equal(29)
  })
})
