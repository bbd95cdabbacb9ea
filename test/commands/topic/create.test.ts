import { expect } from 'chai'
import type { CreatedTopic } from '../../../src/admin/admin.ts'
import { cluster, mq } from '../../support/mq.ts'

describe('mq topic create', () => {
  const dev = cluster()

  it('makes a topic whose route is there at once', async () => {
    const made = await dev().run(['topic', 'create', 'orders', '--queues', '3'])
    expect(made).to.include({ code: 0, stdout: 'Topic orders created with 3 queues on broker-a\n', stderr: '' })
    const route = await dev().run(['topic', 'route', 'orders', '--json'])
    expect(JSON.parse(route.stdout).items[0]).to.include({ readQueueNums: 3, writeQueueNums: 3, perm: 'RW' })
  })

  it('leaves a topic that is there alone, unless told otherwise', async () => {
    await dev().run(['topic', 'create', 'twice', '--queues', '2'])
    const again = await dev().run(['topic', 'create', 'twice', '--queues', '5'])
    expect(again.code).to.equal(5)
    expect(again.stderr).to.contain('--if-not-exists').and.to.contain('--or-update')
    const kept = await dev().run(['topic', 'create', 'twice', '--queues', '5', '--if-not-exists', '--json'])
    expect(JSON.parse(kept.stdout).outcome).to.equal('kept')
    const changed = await dev().run(['topic', 'create', 'twice', '--queues', '5', '--or-update', '--json'])
    expect(JSON.parse(changed.stdout) as CreatedTopic).to.include({ outcome: 'updated', writeQueueNums: 5 })
  })

  it('keeps permission, type and attributes', async () => {
    await dev().run(['topic', 'create', 'typed', '--perm', 'R', '--type', 'FIFO', '--read-queues', '4'])
    const found = JSON.parse((await dev().run(['topic', 'describe', 'typed', '--json'])).stdout)
    expect(found.type).to.equal('FIFO')
    expect(found.brokers[0]).to.include({ perm: 'R', readQueueNums: 4, writeQueueNums: 8 })
  })

  it('refuses what is no topic name, before anything is asked', async () => {
    const { code, stderr } = await mq(['topic', 'create', 'with blank', '-n', '127.0.0.1:1'])
    expect({ code, stderr }).to.deep.include({ code: 2 })
    expect(stderr).to.contain('other characters')
  })

  it('names the broker or cluster that was meant', async () => {
    const { code, stderr } = await dev().run(['topic', 'create', 'x', '--broker', 'broker-b'])
    expect(code).to.equal(4)
    expect(stderr).to.contain('did you mean broker-a?')
  })

  it('exits with 2 for a wrong flag and with 7 when nobody answers', async () => {
    expect((await mq(['topic', 'create', 'x', '--queues', 'many'])).code).to.equal(2)
    expect((await mq(['topic', 'create'])).code).to.equal(2)
    expect((await mq(['topic', 'create', 'x', '-n', '127.0.0.1:1'])).code).to.equal(7)
  })

  it('says which argument is missing, and nothing about flags', async () => {
    const { code, stderr } = await mq(['topic', 'create'])
    expect(code).to.equal(2)
    expect(stderr).to.match(/^Error: Missing 1 required arg: topic .*\nTry this: /)
    expect(stderr).not.to.contain('--broker')
  })
})
