import { expect } from 'chai'
import { mq } from '../../support/mq.ts'
import { tempDir } from '../../support/temp-dir.ts'

describe('mq namesrv start', () => {
  it('binds other addresses only when that is asked for in so many words', async () => {
    const dir = tempDir()
    const { code, stderr } = await mq(['namesrv', 'start', '--port', '0', '--bind', '0.0.0.0', '--data-dir', dir.path])
    expect(code).to.equal(2)
    expect(stderr).to.contain('--insecure')
    dir.remove()
  })

  it('exits with 2 for a port that is none', async () => {
    expect((await mq(['namesrv', 'start', '--port', '70000'])).code).to.equal(2)
    expect((await mq(['namesrv', 'start', '--prot', '7'])).stderr).to.contain('did you mean --port?')
  })
})
