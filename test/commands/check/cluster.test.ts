import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq check cluster', () => {
  const dev = cluster()

  it('counts brokers and looks at their disks', async () => {
    const high = ['--warn', 'disk=100', '--crit', 'disk=100']
    const { code, stdout } = await dev().run(['check', 'cluster', ...high])
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/^MQ CLUSTER OK - brokers 1, silent 0, headless 0, disk [\d.]+%/)
    const more = await dev().run(['check', 'cluster', ...high, '--crit', '2'])
    expect(more).to.include({ code: 2 })
    expect(more.stdout).to.contain('brokers 1 (less than 2)')
    expect((await dev().run(['check', 'cluster', '--cluster', 'Other'])).code).to.equal(2)
  })

  it('goes over the HTTP API as well, with the same result', async () => {
    const env = { NAMESRV_ADDR: '', MQ_API: dev().http }
    const { code, stdout } = await dev().run(['check', 'cluster', '--crit', 'disk=100', '--warn', 'disk=100'], { env })
    expect(stdout).to.match(/^MQ CLUSTER OK - brokers 1/)
    expect(code).to.equal(0)
  })

  it('is UNKNOWN when the time is over', async () => {
    const { code, stdout } = await dev().run(['check', 'cluster', '--timeout', '1ms'])
    expect(code).to.equal(3)
    expect(stdout).to.equal('MQ CLUSTER UNKNOWN - no result within 0.001 s\n')
  })
})
