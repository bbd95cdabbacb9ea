import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

const value = async (key: string) => (await run('namesrv', 'config', 'get', key)).stdout.trim()

describe('mq namesrv config set', () => {
  it('changes settings at every NameServer', async () => {
    const before = await value('waitSecondsForService')
    const dry = await run('namesrv', 'config', 'set', 'waitSecondsForService=7', '--dry-run')
    expect(dry.stdout).to.contain('planned')
    expect(await value('waitSecondsForService')).to.equal(before)
    const done = await json<{ nameServers: { outcome: string }[]; entries: object[] }>(
      ...['namesrv', 'config', 'set', 'waitSecondsForService=7']
    )
    expect(done.nameServers.map(row => row.outcome)).to.deep.equal(['done'])
    expect(done.entries).to.deep.equal([{ key: 'waitSecondsForService', value: '7' }])
    await run('namesrv', 'config', 'set', `waitSecondsForService=${before}`)
    expect(await value('waitSecondsForService')).to.equal(before)
  })

  it('refuses what cannot be changed', async () => {
    expect((await run('namesrv', 'config', 'set', 'noSuchKey=1')).code).to.equal(4)
    expect((await run('namesrv', 'config', 'set', 'listenPort=1')).code).to.be.oneOf([2, 6])
    expect((await run('namesrv', 'config', 'set', 'listenPort')).code).to.equal(2)
  })
})
