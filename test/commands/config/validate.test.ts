import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { mq } from '../../support/mq.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'

describe('mq config validate', () => {
  let dir: TempDir
  before(() => {
    dir = tempDir()
  })
  after(() => dir.remove())

  const code = async (name: string, text: string): Promise<[number | null, string]> => {
    const file = join(dir.path, name)
    writeFileSync(file, text)
    const done = await mq(['config', 'validate', file])
    return [done.code, done.stderr]
  }

  it('takes what is right', async () => {
    expect((await code('mq.yaml', 'namesrv: a:1\n'))[0]).to.equal(0)
    expect((await code('broker.conf', 'brokerName = b\n'))[0]).to.equal(0)
    expect((await code('namesrv.conf', ''))[0]).to.equal(0)
    expect((await code('contexts.json', '{"contexts":{}}'))[0]).to.equal(0)
  })

  it('names what is wrong', async () => {
    expect(await code('mq.yaml', 'namsrv: a:1\n')).to.deep.include(2)
    expect((await code('mq.yaml', 'namsrv: a:1\n'))[1]).to.contain('did you mean namesrv?')
    expect((await code('mq.yaml', 'a: [\n'))[0]).to.equal(2)
    expect((await code('broker.conf', 'fileReservedTime = soon\n'))[0]).to.equal(2)
    expect((await code('contexts.json', '{'))[0]).to.equal(2)
    expect((await code('notes.txt', ''))[0]).to.equal(2)
    expect((await mq(['config', 'validate', '/no/such.yaml'])).code).to.equal(2)
  })
})
