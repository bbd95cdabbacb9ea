import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { mq } from '../../support/mq.ts'
import { tempDir } from '../../support/temp-dir.ts'

describe('mq dev reset', () => {
  it('takes its own data away, when confirmed, and nothing else', async () => {
    const dir = tempDir()
    for (const name of ['broker', 'namesrv', 'mine']) mkdirSync(join(dir.path, name))
    writeFileSync(join(dir.path, 'dev.log'), '')
    writeFileSync(join(dir.path, 'notes.txt'), '')
    const reset = (...more: string[]) => mq(['dev', 'reset', '--data-dir', dir.path, ...more])
    expect((await reset()).code).to.equal(11)
    expect((await reset('--confirm', 'prod')).code).to.equal(11)
    const dry = await reset('--dry-run', '--json')
    expect(JSON.parse(dry.stdout)).to.deep.equal({
      dataDir: dir.path,
      entries: ['broker', 'dev.log', 'namesrv'],
      dryRun: true
    })
    expect(existsSync(join(dir.path, 'broker'))).to.equal(true)
    const { code, stdout } = await reset('--confirm', 'dev')
    expect(code).to.equal(0)
    expect(stdout).to.equal(`deleted broker, dev.log, namesrv in ${dir.path}\n`)
    expect(readdirSync(dir.path).sort()).to.deep.equal(['mine', 'notes.txt'])
    dir.remove()
  })

  it('leaves a directory alone that is none of its own', async () => {
    const dir = tempDir()
    mkdirSync(join(dir.path, 'namesrv'))
    expect((await mq(['dev', 'reset', '--data-dir', dir.path, '--yes'])).code).to.equal(2)
    expect(readdirSync(dir.path)).to.deep.equal(['namesrv'])
    const none = await mq(['dev', 'reset', '--data-dir', join(dir.path, 'none'), '--yes'])
    expect(none.stdout).to.match(/^deleted nothing in /)
    dir.remove()
  })
})
