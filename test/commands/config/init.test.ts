import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { mq } from '../../support/mq.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'

describe('mq config init', () => {
  let dir: TempDir
  beforeEach(() => {
    dir = tempDir()
  })
  afterEach(() => dir.remove())
  const init = (...args: string[]) => mq(['config', 'init', ...args, '--dir', dir.path])

  it('writes files that mq itself finds right, and keeps what is there', async () => {
    expect((await init('--dry-run')).stdout).to.contain('planned')
    expect(existsSync(join(dir.path, 'mq.yaml'))).to.equal(false)
    expect((await init('all')).code).to.equal(0)
    for (const name of ['mq.yaml', 'broker.conf', 'namesrv.conf']) {
      expect((await mq(['config', 'validate', join(dir.path, name)])).code, name).to.equal(0)
    }
    writeFileSync(join(dir.path, 'mq.yaml'), 'mine')
    expect((await init()).stdout).to.contain('is there already')
    expect(readFileSync(join(dir.path, 'mq.yaml'), 'utf8')).to.equal('mine')
    await init('--force')
    expect(readFileSync(join(dir.path, 'mq.yaml'), 'utf8')).to.contain('namesrv:')
    expect((await init('mq.yml')).code).to.equal(2)
  })
})
