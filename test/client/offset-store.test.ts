import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { localOffsets } from '../../src/client/offset-store.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('local offsets', () => {
  const place = (queueId: number) => ({ topic: 'T', brokerName: 'broker-a', queueId, addresses: new Map() })

  it('keeps what was written last, in a file that is always whole', async () => {
    const dir = tempDir()
    const path = join(dir.path, 'deep', 'group.json')
    const store = await localOffsets(path)
    expect(await store.read(place(0))).to.equal(undefined)
    await Promise.all(Array.from({ length: 20 }, (_, at) => store.write([[place(at % 2), at]])))
    expect(() => JSON.parse(readFileSync(path, 'utf8'))).not.to.throw()
    expect(readdirSync(dirname(path))).to.deep.equal(['group.json'])
    // What a crash left half-written is not looked at.
    writeFileSync(`${path}.next`, '{"offs')
    const again = await localOffsets(path)
    expect(await Promise.all([0, 1, 2].map(at => again.read(place(at))))).to.deep.equal([18, 19, undefined])
    dir.remove()
  })

  it('refuses a file that is something else, and leaves it', async () => {
    const dir = tempDir()
    const path = join(dir.path, 'group.json')
    for (const text of ['', '{', '[]', '{"offsets":[["T",1.5]]}', '{"offsets":[[1,1]]}']) {
      writeFileSync(path, text)
      const error = await localOffsets(path).catch(entry => entry)
      expect(error, text).to.include({ code: 'MQ_CONFIG_INVALID' })
      expect(readFileSync(path, 'utf8')).to.equal(text)
    }
    mkdirSync(join(dir.path, 'folder'))
    expect(await localOffsets(join(dir.path, 'folder')).catch(entry => entry)).to.include({ code: 'MQ_CONFIG_INVALID' })
    dir.remove()
  })
})
