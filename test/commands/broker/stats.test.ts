import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

interface Stats {
  readonly items: readonly { address: string; inToday: number; figures: Readonly<Record<string, string>> }[]
}

describe('mq broker stats', () => {
  it('counts what goes in and out', async () => {
    const before = await json<Stats>('broker', 'stats')
    await run('produce', 'stats-of-broker', '--count', '3', 'x')
    const { items } = await json<Stats>('broker', 'stats', 'broker-a')
    expect(items[0]!.inToday).to.be.at.least(before.items[0]!.inToday + 3)
    expect(items[0]!.figures).to.have.property('putMessageTimesTotal')
    expect((await json<Stats>('broker', 'stats', items[0]!.address)).items).to.have.length(1)
    expect((await run('broker', 'stats', '--figures')).stdout).to.match(/^brokerVersionDesc +V5/m)
    expect((await run('broker', 'stats', 'no-such')).code).to.equal(4)
  })
})
