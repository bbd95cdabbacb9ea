import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { fails, groupAt, said, topicOf } from '../../../support/group-commands.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('mq group offsets export', () => {
  it('prints the offsets, or writes a new file', async () => {
    const topic = await topicOf(2)
    const group = await groupAt(topic, 1)
    const wanted = { group, offsets: [{ topic, brokerName: 'broker-a', queueId: 0, offset: 1 }] }
    expect(JSON.parse(await said('group', 'offsets', 'export', group))).to.deep.equal(wanted)
    const dir = tempDir()
    try {
      const file = join(dir.path, 'offsets.json')
      await said('group', 'offsets', 'export', group, '--file', file)
      expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal(wanted)
      expect(await fails(2, 'group', 'offsets', 'export', group, '--file', file)).to.contain('not written over')
    } finally {
      dir.remove()
    }
  })
})
