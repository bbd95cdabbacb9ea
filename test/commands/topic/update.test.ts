import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

interface Changed {
  readonly brokers: readonly { readonly outcome: string; readonly after: { readonly writeQueueNums: number } }[]
}

describe('mq topic update', () => {
  it('changes what is given, and leaves the rest', async () => {
    await run('topic', 'create', 'updated', '--type', 'FIFO', '--queues', '2')
    const planned = await json<Changed>('topic', 'update', 'updated', '--queues', '5', '--dry-run')
    expect(planned.brokers.map(row => [row.outcome, row.after.writeQueueNums])).to.deep.equal([['planned', 5]])
    const shown = await run('topic', 'update', 'updated', '--queues', '5', '--perm', 'r')
    expect(shown).to.include({ code: 0, stderr: '' })
    expect(shown.stdout).to.contain('readQueueNums 2→5, writeQueueNums 2→5, perm RW→R')
    const found = await json<{ type: string; brokers: object[] }>('topic', 'describe', 'updated')
    expect(found.type).to.equal('FIFO')
    expect(found.brokers[0]).to.include({ writeQueueNums: 5, perm: 'R' })
    const again = await json<Changed>('topic', 'update', 'updated', '--queues', '5')
    expect(again.brokers[0]!.outcome).to.equal('unchanged')
  })

  it('removes attributes', async () => {
    await run('topic', 'create', 'plain', '--type', 'FIFO')
    expect((await run('topic', 'update', 'plain', '--attr=-message.type')).code).to.equal(0)
    expect(await json('topic', 'describe', 'plain')).to.include({ type: 'NORMAL' })
  })

  it('refuses what means nothing', async () => {
    expect((await run('topic', 'update', 'updated')).code).to.equal(2)
    expect((await run('topic', 'update', 'updated', '--attr', 'x')).code).to.equal(2)
    expect((await run('topic', 'update', 'updated', '--perm', 'X')).code).to.equal(2)
    expect((await run('topic', 'update', 'no-such', '--queues', '3')).code).to.equal(4)
  })
})
