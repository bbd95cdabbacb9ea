import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

const permOf = async (topic: string): Promise<string> =>
  (await json<{ items: { perm: string }[] }>('topic', 'route', topic)).items[0]!.perm

describe('mq broker drain', () => {
  before(() => run('topic', 'create', 'drained', '--queues', '1'))
  afterEach(() => run('broker', 'resume', 'broker-a'))

  it('takes the right to write from the routes', async () => {
    expect((await run('broker', 'drain', 'broker-a')).code).to.equal(11)
    expect(await json('broker', 'drain', 'broker-a', '--dry-run')).to.include({ dryRun: true })
    expect(await permOf('drained')).to.equal('RW')
    expect(await json('broker', 'drain', 'broker-a', '--confirm', 'broker-a')).to.include({ writable: false })
    expect(await permOf('drained')).to.equal('R')
    expect((await run('broker', 'drain', 'no-such', '--yes')).code).to.equal(4)
  })

  it('waits until all is consumed, and says who is behind', async () => {
    await run('produce', 'drained', '--count', '2', 'x')
    await run('consume', 'drained', '-g', 'slow-ones', '-N', '1')
    const late = await run('broker', 'drain', 'broker-a', '--yes', '--wait-consumed', '--wait-timeout', '50ms')
    expect(late.code).to.equal(8)
    expect(late.stderr).to.match(/not consumed: .*\d/)
  })
})
