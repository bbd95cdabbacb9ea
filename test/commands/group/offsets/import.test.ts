import { expect } from 'chai'
import { committed, fails, groupAt, said, topicOf } from '../../../support/group-commands.ts'
import { ops } from '../../../support/ops-cluster.ts'

describe('mq group offsets import', () => {
  it('puts offsets back, into another group too', async () => {
    const topic = await topicOf(3)
    const group = await groupAt(topic, 2)
    const other = await groupAt(topic, 3)
    const input = await said('group', 'offsets', 'export', group)
    const load = (...more: string[]) => ops().run(['group', 'offsets', 'import', '-', '-g', other, ...more], { input })
    expect((await load('--dry-run')).stdout).to.contain('would be consumed again')
    expect((await load()).code, 'not without a confirmation').to.equal(11)
    expect(await committed(other, topic)).to.equal(3)
    expect((await load('--yes')).code).to.equal(0)
    expect(await committed(other, topic)).to.equal(2)
  })

  it('refuses files that are none', async () => {
    await fails(2, 'group', 'offsets', 'import', 'no-such-file')
    for (const input of ['', '{', 'null', '{"group":"g"}', '{"group":"g","offsets":[{"topic":"t"}]}']) {
      const { code, stderr } = await ops().run(['group', 'offsets', 'import', '-', '--yes'], { input })
      expect(code, `${input}: ${stderr}`).to.equal(2)
    }
  })
})
