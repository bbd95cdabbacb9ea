import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { mq } from '../../support/mq.ts'
import { tempDir } from '../../support/temp-dir.ts'

describe('mq service uninstall', () => {
  it('removes the unit that install wrote, when confirmed', async () => {
    const dir = tempDir()
    const at = ['namesrv', '--user', '--unit-dir', dir.path]
    const path = join(dir.path, 'mq-namesrv.service')
    expect((await mq(['service', 'uninstall', ...at, '--yes'])).code).to.equal(4)
    await mq(['service', 'install', ...at])
    expect((await mq(['service', 'uninstall', ...at])).code).to.equal(11)
    expect((await mq(['service', 'uninstall', ...at, '--dry-run'])).stdout).to.contain(`would remove ${path}`)
    expect(existsSync(path)).to.equal(true)
    const { code, stdout } = await mq(['service', 'uninstall', ...at, '--confirm', 'mq-namesrv'])
    expect(code).to.equal(0)
    expect(stdout).to.contain('systemctl --user daemon-reload')
    expect(existsSync(path)).to.equal(false)
    dir.remove()
  })
})
