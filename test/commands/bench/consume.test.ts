import { crc32 } from 'node:zlib'
import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq bench consume', () => {
  const dev = cluster()

  const result = (stdout: string): Record<string, unknown> => JSON.parse(stdout.trimEnd().split('\n').at(-1)!)

  it('reads what is there from several clients, without moving anything, or as a group', async () => {
    await dev().run(['bench', 'produce', 'full', '--msgs', '400', '--size', '100', '--batch', '50'])
    for (let turn = 0; turn < 2; turn++) {
      const { code, stdout } = await dev().run(['bench', 'consume', 'full', '--clients', '3', '--json'])
      expect(code).to.equal(0)
      expect(result(stdout)).to.include({ kind: 'consume', msgs: 400, bytes: 40_000, lost: 0, damaged: 0, clients: 3 })
    }
    const group = ['bench', 'consume', 'full', '-g', 'bench-group', '--json']
    expect(result((await dev().run(group)).stdout)['msgs']).to.equal(400)
    expect(result((await dev().run(group)).stdout)['msgs']).to.equal(0)
    expect(result((await dev().run(['bench', 'consume', 'full', '--msgs', '10', '--json'])).stdout)['msgs']).to.equal(
      10
    )
  })

  it('ends with 1 when a body of its own is damaged', async () => {
    await dev().run(['topic', 'create', 'broken', '--queues', '1'])
    const body = Buffer.alloc(40)
    body.writeUInt32BE(0x6d716231, 0)
    body.writeUInt32BE(crc32(body.subarray(8)) ^ 1, 4)
    const size = Buffer.from([body.length])
    await dev().run(['produce', 'broken', '-f', '%V{be8}%v'], { input: Buffer.concat([size, body]) })
    const { code, stdout } = await dev().run(['bench', 'consume', 'broken'])
    expect(code).to.equal(1)
    expect(stdout).to.contain('1 damaged')
  })

  it('exits with 4 without the topic', async () => {
    expect((await dev().run(['bench', 'consume', 'nothing'])).code).to.equal(4)
  })
})
