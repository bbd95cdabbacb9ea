import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq broker resume', () => {
  it('gives the right to write back', async () => {
    await run('topic', 'create', 'resumed')
    const perm = async () => (await json<{ items: { perm: string }[] }>('topic', 'route', 'resumed')).items[0]!.perm
    await run('broker', 'drain', 'broker-a', '--yes')
    expect(await json('broker', 'resume', 'broker-a', '--dry-run')).to.include({ dryRun: true, writable: true })
    expect(await perm()).to.equal('R')
    expect((await run('broker', 'resume', 'broker-a')).code).to.equal(0)
    expect(await perm()).to.equal('RW')
  })
})
