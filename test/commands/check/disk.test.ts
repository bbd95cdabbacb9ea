import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq check disk', () => {
  const dev = cluster()

  it('has a figure for each broker', async () => {
    const { code, stdout } = await dev().run(['check', 'disk', '--warn', '100', '--crit', '100'])
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/^MQ DISK OK - broker-a used [\d.]+% \| broker-a_used=[\d.]+%;100;100\n$/)
    expect((await dev().run(['check', 'disk', '--crit', '0'])).code).to.equal(2)
  })
})
