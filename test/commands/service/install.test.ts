import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { unitWord } from '../../../src/cli/service-unit.ts'
import { mq } from '../../support/mq.ts'
import { tempDir } from '../../support/temp-dir.ts'

describe('mq service install', () => {
  it('writes the unit once, says what to run, and touches no other file', async () => {
    const dir = tempDir()
    const conf = join(dir.path, 'my broker.conf')
    writeFileSync(conf, '')
    const install = (...more: string[]) =>
      mq(['service', 'install', 'broker', '-c', conf, '-n', 'ns1:9876;ns2:9876', '--unit-dir', dir.path, ...more])
    const path = join(dir.path, 'mq-broker.service')
    const dry = await install('--dry-run')
    expect(dry.code, dry.stderr).to.equal(0)
    expect(dry.stdout).to.contain(`would write ${path}`)
    expect(existsSync(path)).to.equal(false)
    const done = await install()
    expect(done.stdout).to.equal(
      `wrote ${path}\nNext: sudo systemctl daemon-reload\n      sudo systemctl enable --now mq-broker\n      sudo systemctl status mq-broker\n`
    )
    const text = readFileSync(path, 'utf8')
    expect(text).to.match(
      /^ExecStart=\S+ \S+\/bin\/run\.js broker start --log-format json -c "[^"]*my broker\.conf" -n "ns1:9876;ns2:9876" --data-dir %S\/mq\/broker$/m
    )
    expect(text).to.contain('DynamicUser=yes').and.to.contain('StateDirectory=mq/broker').and.not.to.contain('{{')
    expect((await install()).stdout).to.contain(`kept ${path}`)
    writeFileSync(path, 'mine')
    expect((await install()).code).to.equal(5)
    expect(readFileSync(path, 'utf8')).to.equal('mine')
    expect((await mq(['service', 'install', 'broker', '--unit-dir', '/dev/null/x'])).code).to.equal(6)
    dir.remove()
  })

  it('keeps what systemd would replace or split', () => {
    expect(['a b', '50%', '$HOME', 'q"', '/x/y-1.js'].map(unitWord)).to.deep.equal([
      '"a b"',
      '50%%',
      '$$HOME',
      '"q\\""',
      '/x/y-1.js'
    ])
    expect(() => unitWord('a\nExecStart=/bin/rm')).to.throw()
  })
})
