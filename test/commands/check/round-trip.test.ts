import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq check round-trip', () => {
  const dev = cluster()

  it('sends to each broker and reads it back, over both roads', async () => {
    const dry = await dev().run(['check', 'round-trip', '--dry-run'])
    expect(dry).to.include({ code: 0 })
    expect((await dev().run(['topic', 'describe', 'mq-check'])).code).to.equal(4)
    const roads: Record<string, string>[] = [{}, { NAMESRV_ADDR: '', MQ_API: dev().http }]
    for (const env of roads) {
      const { code, stdout } = await dev().run(['check', 'round-trip', '--warn', '9000', '--crit', '9000'], { env })
      expect(code, stdout).to.equal(0)
      expect(stdout).to.match(/^MQ ROUND-TRIP OK - mq-check: broker-a time [\d.]+ms, failed 0 \|/)
    }
    const { stdout } = await dev().run(['consume', 'mq-check', '-e'])
    expect(stdout).to.match(/^(mq check \d+\n){2}$/)
    expect((await dev().run(['check', 'round-trip', '--warn', '0', '--crit', '9000'])).code).to.equal(1)
  })
})
