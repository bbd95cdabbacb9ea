import { expect } from 'chai'
import { eventually } from '../../support/eventually.ts'
import { committed, fails, groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'

describe('mq group pause', () => {
  it('keeps messages from its members until it is resumed', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 0)
    expect(await said('group', 'pause', group, '--dry-run')).to.match(/broker-a +planned/)
    expect(await said('group', 'pause', group)).to.match(/broker-a +done/)
    expect(await said('group', 'pause', group)).to.match(/broker-a +unchanged/)
    expect(await said('group', 'describe', group)).to.contain('paused')
    const seen: string[] = []
    const act = async (): Promise<void> => {
      expect(seen).to.deep.equal([])
      await said('group', 'resume', group)
      await eventually(async () => (await committed(group, topic)) === 1, 'it goes on', 15_000)
      expect(seen).to.deep.equal(['m0'])
    }
    await whileOnline(group, topic, act, async message => {
      seen.push(message.body.toString())
    })
    await fails(4, 'group', 'pause', 'nobody-at-all')
  })
})
