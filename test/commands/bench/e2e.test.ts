import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq bench e2e', () => {
  const dev = cluster()

  it('gets back every message that it sends, and measures from when it was due', async () => {
    const args = ['bench', 'e2e', 'loop', '--msgs', '150', '--rate', '300/s', '--clients', '2', '--json']
    const { code, stdout, stderr } = await dev().run(args)
    expect(code, stdout + stderr).to.equal(0)
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1)!)
    expect(result).to.include({ kind: 'e2e', msgs: 150, lost: 0, damaged: 0, duplicates: 0, errors: 0 })
    expect(result.latency.count).to.equal(150)
    expect(result.latency.max).to.be.greaterThan(0)
  })

  it('counts only its own messages', async () => {
    await dev().run(['topic', 'create', 'shared', '--queues', '1'])
    let done = false
    const running = dev()
      .run(['bench', 'e2e', 'shared', '--msgs', '60', '--rate', '100/s', '--json'])
      .finally(() => {
        done = true
      })
    while (!done) await dev().run(['produce', 'shared', 'stranger', '-q'])
    const result = JSON.parse((await running).stdout.trimEnd().split('\n').at(-1)!)
    expect(result).to.include({ msgs: 60, lost: 0, duplicates: 0 })
  })

  it('needs bodies that hold a checksum', async () => {
    expect((await dev().run(['bench', 'e2e', '--size', '31'])).code).to.equal(2)
  })
})
