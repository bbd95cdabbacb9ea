import { expect } from 'chai'
import { fails, groupAt, rows, said, topicOf, whileOnline } from '../../support/group-commands.ts'

describe('mq message consume-directly', () => {
  it('lets one consumer try a message, and says how it went', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    const { messageId } = (await rows('message', 'query', '--topic', topic, '-k', 'k0')).items[0]!
    const again = ['message', 'consume-directly', messageId, '--topic', topic, '-g', group]
    expect(await fails(4, ...again)).to.contain('nobody of the group')
    let fine = true
    const handler = async (): Promise<void> => {
      if (!fine) throw new Error('not today')
    }
    const act = async (clientId: string): Promise<void> => {
      expect(await said(...again, '--dry-run')).to.contain('PLANNED')
      expect(await said(...again, '--client', clientId)).to.contain('CR_SUCCESS')
      fine = false
      expect(await fails(1, ...again)).to.contain('not today')
    }
    await whileOnline(group, topic, act, handler)
  })
})
