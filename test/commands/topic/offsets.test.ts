import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

interface Offsets {
  readonly items: readonly { queueId: number; maxOffset: number; offsetAtTime?: number }[]
}

describe('mq topic offsets', () => {
  before(async () => {
    await run('topic', 'create', 'timed', '--queues', '2')
    await run('produce', 'timed', '--queue', '1', '--count', '2', 'x')
  })

  it('shows both ends of each queue', async () => {
    const { items } = await json<Offsets>('topic', 'offsets', 'timed')
    expect(items.map(row => [row.queueId, row.maxOffset])).to.deep.equal([
      [0, 0],
      [1, 2]
    ])
    expect((await run('topic', 'offsets', 'timed')).stdout).to.not.contain('AT TIME')
  })

  it('shows the offset at a time', async () => {
    const at = async (time: string) =>
      (await json<Offsets>('topic', 'offsets', 'timed', `--at=${time}`)).items.map(row => row.offsetAtTime)
    expect(await at('2020-01-01')).to.deep.equal([0, 0])
    expect(await at('2100-01-01')).to.deep.equal([0, 2])
    expect((await run('topic', 'offsets', 'timed', '--at=-1h')).stdout).to.contain('AT TIME')
    expect((await run('topic', 'offsets', 'timed', '--at', 'noon')).code).to.equal(2)
    expect((await run('topic', 'offsets', 'no-such')).code).to.equal(4)
  })
})
