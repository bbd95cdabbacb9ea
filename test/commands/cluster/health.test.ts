import { expect } from 'chai'
import { healthy } from '../../../src/cli/health.ts'
import { systemClock } from '../../../src/kit/clock.ts'
import { MqError } from '../../../src/kit/errors.ts'
import { mq } from '../../support/mq.ts'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq cluster health', () => {
  it('exits with 0 when all is well', async () => {
    expect(await json('cluster', 'health')).to.include({ healthy: true, brokers: 1 })
    expect((await run('cluster', 'health', '--wait', '--cluster', 'DefaultCluster')).stdout).to.contain('Healthy')
    expect((await run('cluster', 'health', '--cluster', 'other')).code).to.equal(4)
  })

  it('gives up when the time is over', async () => {
    expect((await mq(['cluster', 'health', '-n', '127.0.0.1:1'])).code).to.equal(7)
    const late = await mq(['cluster', 'health', '--exit-when-healthy', '--wait-timeout', '20ms', '-n', '127.0.0.1:1'])
    expect(late.code).to.equal(7)
  })

  it('looks again until the cluster is healthy', async () => {
    const sick = {
      healthy: false,
      brokers: 1,
      findings: [{ level: 'critical', brokerName: 'b', what: 'is ill' }]
    } as const
    const looks = [
      () => Promise.reject(new MqError('MQ_CONNECT_FAILED', 'not there yet')),
      () => Promise.resolve(sick),
      () => Promise.resolve({ healthy: true, brokers: 1, findings: [] })
    ]
    const soon = { ...systemClock, after: (_: number, task: () => void) => systemClock.after(0, task) }
    expect(await healthy(() => looks.shift()!(), soon, 60_000)).to.include({ healthy: true })
    expect(await healthy(() => Promise.resolve(sick), soon, 0), 'without waiting').to.equal(sick)
  })
})
