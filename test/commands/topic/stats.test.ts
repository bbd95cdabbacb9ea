import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

interface Stats {
  readonly items: readonly { topic: string; messages: number; groups: { group: string; lag: number }[] }[]
  readonly truncated: boolean
}

describe('mq topic stats', () => {
  before(async () => {
    await run('topic', 'create', 'counted', '--queues', '1')
    await run('produce', 'counted', '--count', '4', 'hello')
    await run('consume', 'counted', '-g', 'counters', '-e')
    await run('produce', 'counted', 'one more')
  })

  it('tells what lies in a topic, and group by group', async () => {
    const { items } = await json<Stats>('topic', 'stats', 'counted')
    expect(items[0]).to.include({ topic: 'counted', messages: 5 })
    expect(items[0]!.groups.map(row => [row.group, row.lag])).to.deep.equal([['counters', 1]])
    expect((await run('topic', 'stats', 'counted')).stdout).to.match(/^counters +1 /m)
  })

  it('lists those of people, or all, or the busiest', async () => {
    const names = async (...flags: string[]) => (await json<Stats>('topic', 'stats', ...flags)).items.map(r => r.topic)
    expect(await names())
      .to.include('counted')
      .and.not.include('TBW102')
    expect(await names('--all')).to.include.members(['counted', 'TBW102'])
    const top = await json<Stats>('topic', 'stats', '--all', '--top', '1')
    expect(top.items).to.have.length(1)
    expect(top.truncated).to.equal(true)
    expect((await run('topic', 'stats', 'no-such')).code).to.equal(4)
  })
})
