import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

const permOf = async (topic: string): Promise<string> =>
  (await json<{ brokers: { perm: string }[] }>('topic', 'describe', topic)).brokers[0]!.perm

describe('mq topic perm', () => {
  it('changes what clients may do', async () => {
    await run('topic', 'create', 'guarded')
    expect((await run('topic', 'perm', 'guarded', 'R', '--dry-run')).stdout).to.contain('planned')
    expect(await permOf('guarded')).to.equal('RW')
    expect((await run('topic', 'perm', 'guarded', 'R')).stdout).to.contain('perm RW→R')
    expect(await permOf('guarded')).to.equal('R')
    expect((await run('topic', 'perm', 'guarded', '0')).stdout).to.contain('perm R→0')
    expect((await run('topic', 'perm', 'guarded', '6')).stdout).to.contain('perm 0→RW')
  })

  it('refuses what is no permission', async () => {
    const { code, stderr } = await run('topic', 'perm', 'guarded', 'rwx')
    expect(code).to.equal(2)
    expect(stderr).to.contain('"rwx" is no permission')
  })
})
