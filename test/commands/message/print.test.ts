import { expect } from 'chai'
import { fails, rows, said, topicOf } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'

describe('mq message print', () => {
  it('prints a window of time, one a line', async () => {
    const topic = await topicOf(3)
    const text = await said('message', 'print', '--topic', topic, '--from', '-1h')
    expect(
      text
        .trim()
        .split('\n')
        .map(line => line.split(/ +/).at(-1))
    ).to.deep.equal(['BODY', 'm0', 'm1', 'm2'])
    expect((await rows('message', 'print', '--topic', topic, '--to', '-1h')).items).to.deep.equal([])
    expect(await rows('message', 'print', '--topic', topic, '-N', '2')).to.include({ truncated: true })
    await fails(2, 'message', 'print', '--topic', topic, '--from', '-1h', '--to', '-2h')
  })

  it('prints the entries of a queue', async () => {
    const topic = await topicOf(3)
    const print = ['message', 'print', '--topic', topic, '--queue', '0', '--queue-index']
    const found = await json<{ items: { queueOffset: number }[]; next: string }>(...print, '--offset', '1', '-N', '1')
    expect([found.items.map(row => row.queueOffset), found.next]).to.deep.equal([[1], '2'])
    expect((await said(...print)).trim().split('\n')).to.have.length(4)
    await fails(4, ...print.slice(0, -2), '7', '--queue-index')
  })
})
