import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

interface Stats {
  readonly lag: number
  readonly queues: readonly { group: string; topic: string; lag: number }[]
}

describe('mq broker consume-stats', () => {
  before(async () => {
    for (const [topic, ...flags] of [['behind'], ['behind-ordered', '--order']] as const) {
      await run('topic', 'create', topic, '--queues', '1', ...flags)
      await run('produce', topic, 'x')
      await run('consume', topic, '-g', 'laggards', '-e')
    }
    await run('produce', 'behind', '--count', '3', 'x')
  })

  it('shows how far every group is, and who is behind', async () => {
    const of = ({ queues }: Stats) =>
      queues.filter(row => row.group === 'laggards' && row.topic.startsWith('behind')).map(row => [row.topic, row.lag])
    expect(of(await json<Stats>('broker', 'consume-stats'))).to.deep.equal([
      ['behind', 3],
      ['behind-ordered', 0]
    ])
    const late = await json<Stats>('broker', 'consume-stats', 'broker-a', '--lag-over', '3')
    expect(of(late)).to.deep.equal([['behind', 3]])
    expect(late.lag).to.be.at.least(3)
    expect(of(await json<Stats>('broker', 'consume-stats', '--order'))).to.deep.equal([['behind-ordered', 0]])
    expect((await run('broker', 'consume-stats', 'no-such')).code).to.equal(4)
  })
})
