import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { json, ops, run } from '../support/ops-cluster.ts'
import { tempDir } from '../support/temp-dir.ts'

interface Exported {
  readonly items: readonly { kind: string; metadata: { name: string }; spec: Readonly<Record<string, unknown>> }[]
}

describe('mq export', () => {
  before(async () => {
    await run(
      'topic',
      'create',
      'exported',
      '--type',
      'FIFO',
      '--read-queues',
      '3',
      '--write-queues',
      '2',
      '--perm',
      'R'
    )
    await run('group', 'create', 'exported-group', '--max-retries', '5')
  })

  it('writes topics and groups', async () => {
    const { items } = await json<Exported>('export')
    expect(new Set(items.map(item => item.kind))).to.deep.equal(new Set(['Topic', 'ConsumerGroup']))
    expect(items.find(item => item.metadata.name === 'exported')?.spec).to.deep.equal({
      type: 'FIFO',
      readQueues: 3,
      writeQueues: 2,
      perm: 'R',
      order: false,
      attributes: {}
    })
    expect(items.find(item => item.metadata.name === 'exported-group')?.spec).to.include({ maxRetries: 5 })
    expect(items.map(item => item.metadata.name)).to.not.include.members(['TBW102'])
  })

  it('gives back what it says: applying an export changes nothing', async () => {
    const { stdout } = await run('export')
    const { code, stdout: applied } = await ops().run(['apply', '-f', '-', '--json'], { input: stdout })
    expect(code, 'nothing is to be confirmed').to.equal(0)
    const { items } = JSON.parse(applied) as { items: { outcome: string }[] }
    expect(items.length).to.be.at.least(2)
    expect(items.filter(row => row.outcome !== 'unchanged')).to.deep.equal([])
    expect((await run('export')).stdout).to.equal(stdout)
  })

  it('writes a file for each kind, that only the owner reads', async () => {
    const dir = tempDir()
    try {
      const made = await run('export', '--kinds', 'topic,group,config,metrics', '--dir', join(dir.path, 'out'))
      expect(made.code).to.equal(0)
      const names = readdirSync(join(dir.path, 'out')).sort()
      expect(names).to.deep.equal(['config.yaml', 'groups.yaml', 'metrics.yaml', 'topics.yaml'])
      expect(readFileSync(join(dir.path, 'out', 'config.yaml'), 'utf8')).to.contain('brokerName: broker-a')
      expect(readFileSync(join(dir.path, 'out', 'metrics.yaml'), 'utf8')).to.contain('putMessageTimesTotal')
      expect(statSync(join(dir.path, 'out', 'config.yaml')).mode & 0o077).to.equal(0)
      const again = await run('diff', '-f', join(dir.path, 'out'), '--exit-code')
      expect(again.code, again.stderr).to.equal(0)
      expect(again.stderr).to.contain('2 passed over')
    } finally {
      dir.remove()
    }
  })

  it('refuses kinds and clusters that there are not', async () => {
    expect((await run('export', '--kinds', 'topic,users')).code).to.equal(2)
    expect((await run('export', '--cluster', 'other')).code).to.equal(4)
  })
})
