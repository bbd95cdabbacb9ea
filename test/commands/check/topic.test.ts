import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq check topic', () => {
  const dev = cluster()

  it('looks at queues and at the age of the last message', async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '3'])
    const empty = await dev().run(['check', 'topic', 'orders', '--warn', 'age=60', '--json'])
    // Nothing ever came, so how long ago is unknown.
    expect(empty.code).to.equal(3)
    expect(JSON.parse(empty.stdout)).to.include({ status: 'UNKNOWN' })
    await dev().run(['produce', 'orders', 'x'])
    const { code, stdout } = await dev().run(['check', 'topic', 'orders', '--warn', 'age=60', '--json'])
    expect(code, stdout).to.equal(0)
    const values = new Map(JSON.parse(stdout).findings.map((f: { name: string; value: number }) => [f.name, f.value]))
    expect(values.get('age')).to.be.within(0, 60)
    expect([values.get('writable'), values.get('readable'), values.get('messages')]).to.deep.equal([3, 3, 1])
    expect((await dev().run(['check', 'topic', 'orders', '--crit', 'writable=4'])).code).to.equal(2)
    expect((await dev().run(['check', 'topic', 'nothing'])).code).to.equal(2)
  })
})
