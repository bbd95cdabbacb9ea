import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq check message', () => {
  const dev = cluster()

  it('finds what fits, and says how old the newest is', async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '1'])
    await dev().run(['produce', 'orders', 'login ok', '-k', 'order-1'])
    await dev().run(['produce', 'orders', 'login failed', '-k', 'other'])
    const check = (...args: string[]) => dev().run(['check', 'message', 'orders', '--json', ...args])
    const found = JSON.parse((await check('--grep', 'login', '--warn', 'age=60')).stdout)
    expect(found).to.include({ status: 'OK' })
    expect(found.findings[1]).to.include({ name: 'found', value: 2 })
    expect((await check('--key', 'order-*', '--crit', 'found=2')).code).to.equal(2)
    expect((await check('--key', 'order-9*')).code).to.equal(2)
    expect((await check('--since', '1h', '--property', 'nothing')).code).to.equal(2)
  })
})
