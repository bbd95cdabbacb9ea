import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq broker flush-offset reset', () => {
  it('tells a broker by name or address', async () => {
    const reset = (...more: string[]) => run('broker', 'flush-offset', 'reset', ...more)
    expect((await reset('0', '--broker', 'broker-a')).code).to.equal(11)
    expect((await reset('0', '--broker', 'broker-a', '--dry-run')).stdout).to.contain('planned')
    const { items } = await json<{ items: { address: string }[] }>('broker', 'list')
    expect((await reset('0', '--broker', items[0]!.address, '--yes')).stdout).to.match(/^broker-a +done$/m)
    expect((await reset('0', '--broker', '127.0.0.1:1', '--yes')).code).to.equal(4)
    expect((await reset('-1', '--broker', 'broker-a', '--yes')).code).to.equal(2)
    expect((await reset('0')).code).to.equal(2)
  })
})
