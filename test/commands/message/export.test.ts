import { expect } from 'chai'
import { fails, said, topicOf } from '../../support/group-commands.ts'

describe('mq message export', () => {
  it('writes a line for each message of the range', async () => {
    const topic = await topicOf(3)
    const bodies = async (...flags: string[]): Promise<string[]> =>
      (await said('message', 'export', topic, ...flags))
        .split('\n')
        .flatMap(line => (line === '' ? [] : [JSON.parse(line).body]))
    expect(await bodies()).to.deep.equal(['m0', 'm1', 'm2'])
    expect(await bodies('-O', '1:2')).to.deep.equal(['m1'])
    expect(await bodies('--grep', '[02]')).to.deep.equal(['m0', 'm2'])
    expect(await bodies('--tags', 'other')).to.deep.equal([])
    await fails(4, 'message', 'export', 'no-such-topic')
  })
})
