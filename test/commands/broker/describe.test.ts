import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq broker describe', () => {
  it('shows processes, replication and what there is', async () => {
    const found = await json<{ topics: number; processes: object[]; replication: object[]; figures: object }>(
      ...['broker', 'describe', 'broker-a']
    )
    expect(found.processes[0]).to.include({ brokerName: 'broker-a', brokerId: 0 })
    expect(found.replication[0]).to.include({ role: 'master', inSyncSlaves: 0 })
    expect(found.topics).to.be.greaterThan(5)
    expect(found.figures).to.have.property('bootTimestamp')
    expect((await run('broker', 'describe')).stdout).to.match(/^broker-a +\d+ topics +\d+ groups$/m)
    const missing = await run('broker', 'describe', 'broker-b')
    expect(missing.code).to.equal(4)
    expect(missing.stderr).to.contain('did you mean broker-a?')
  })
})
