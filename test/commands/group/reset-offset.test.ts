import { join } from 'node:path'
import { expect } from 'chai'
import type { ResetResult } from '../../../src/admin/group-rows.ts'
import { committed, fails, groupAt, said, topicOf } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'

describe('mq group reset-offset', () => {
  let dir: TempDir
  before(() => {
    dir = tempDir()
  })
  after(() => dir.remove())

  it('only previews, until it is told to do it: then exactly that', async () => {
    const topic = await topicOf(5)
    const group = await groupAt(topic, 2)
    const reset = ['group', 'reset-offset', group, '--topic', topic, '--to']
    for (const [to, target, effect] of [
      ['start', 0, 'replay'],
      ['end', 5, 'skip'],
      ['2', 2, 'none'],
      ['@-1h', 0, 'replay'],
      ['+1', 1, 'replay'],
      ['-1', 4, 'skip']
    ] as const) {
      const flag = `--to=${to}`
      const plan = await json<ResetResult>('group', 'reset-offset', group, '--topic', topic, flag)
      expect(plan, to).to.include({ dryRun: true, online: false })
      expect(plan.queues[0], to).to.include({ from: 2, to: target, effect, outcome: 'planned' })
    }
    expect(await said(...reset, 'start')).to.contain('Add --execute')
    expect(await committed(group, topic), 'a preview changes nothing').to.equal(2)
    const undo = join(dir.path, 'undo.json')
    const done = await json<ResetResult>(...reset, '4', '--execute', '--undo-file', undo)
    expect(done.queues[0]).to.include({ to: 4, outcome: 'done' })
    expect(await committed(group, topic)).to.equal(4)
    expect(await fails(2, ...reset, '1', '--yes', '--undo-file', undo)).to.contain('is there already')
    expect(await committed(group, topic), 'nothing without the undo file').to.equal(4)
    await said('group', 'offsets', 'import', undo, '--yes')
    expect(await committed(group, topic), 'put back').to.equal(2)
  })

  it('refuses what it cannot mean', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    const reset = ['group', 'reset-offset', group, '--topic', topic]
    await fails(2, ...reset, '--to', 'middle')
    expect(await fails(2, ...reset, '--to', '1:2')).to.contain('is a range')
    await fails(4, ...reset, '--to', 'end', '--queue', '9')
    await fails(4, 'group', 'reset-offset', 'nobody-at-all', '--topic', topic, '--to', 'end')
    await fails(4, 'group', 'reset-offset', group, '--topic', 'no-such-topic', '--to', 'end')
  })
})
