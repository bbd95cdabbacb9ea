import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq check broker', () => {
  const dev = cluster()

  it('looks at a broker by its name', async () => {
    const high = ['--warn', 'disk=100', '--crit', 'disk=100']
    const { code, stdout } = await dev().run(['check', 'broker', 'broker-a', '--json', ...high])
    expect(code, stdout).to.equal(0)
    const names = JSON.parse(stdout).findings.map((finding: { name: string }) => finding.name)
    expect(names).to.deep.equal(['disk', 'dispatch', 'in', 'out'])
    expect((await dev().run(['check', 'broker', 'broker-a', '--crit', 'disk=0'])).code).to.equal(2)
    expect((await dev().run(['check', 'broker', 'broker-z'])).code).to.equal(2)
  })
})
