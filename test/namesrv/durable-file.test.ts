import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readDurably, writeDurably } from '../../src/namesrv/durable-file.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe('a durable file', () => {
  let dir: TempDir
  beforeEach(() => {
    dir = tempDir()
  })
  afterEach(() => dir.remove())

  it('is replaced as a whole, by a name beside it', async () => {
    const path = join(dir.path, 'deep', 'file')
    expect(await readDurably(path)).to.equal(undefined)
    await writeDurably(path, 'one')
    await writeDurably(path, 'two')
    expect(await readDurably(path)).to.equal('two')
    expect(readdirSync(join(dir.path, 'deep'))).to.deep.equal(['file'])
    expect(statSync(path).mode & 0o777).to.equal(0o600)
  })

  it('a half-written one of an earlier run is not read, and is in nobody’s way', async () => {
    const path = join(dir.path, 'file')
    await writeDurably(path, 'good')
    writeFileSync(`${path}.new`, 'hal')
    expect(await readDurably(path)).to.equal('good')
    await writeDurably(path, 'better')
    expect(await readDurably(path)).to.equal('better')
  })

  it('says what cannot be read or written', async () => {
    const path = join(dir.path, 'taken')
    mkdirSync(path)
    mkdirSync(`${path}.new`)
    const code = (error: { code: string; message: string }) => [error.code, error.message.includes(path)]
    expect(await readDurably(path).catch(code)).to.deep.equal(['MQ_CONFIG_INVALID', true])
    expect(await writeDurably(path, 'x').catch(code)).to.deep.equal(['MQ_STORE_UNAVAILABLE', true])
  })
})
