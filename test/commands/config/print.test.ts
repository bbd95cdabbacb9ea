import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { findReach } from '../../../src/cli/reach.ts'
import { contextHome } from '../../support/context-home.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'

describe('mq config print', () => {
  const home = contextHome()
  let dir: TempDir
  beforeEach(() => {
    dir = tempDir()
    mkdirSync(join(dir.path, '.git'))
    mkdirSync(join(dir.path, 'deep', 'er'), { recursive: true })
  })
  afterEach(() => dir.remove())

  const sourceOf = async (key: string, flags: string[] = [], env = {}): Promise<unknown> => {
    const { code, stdout, stderr } = await home().run(['config', 'print', ...flags, '--json'], { env })
    expect(code, stdout + stderr).to.equal(0)
    const row = JSON.parse(stdout).items.find((item: { key: string }) => item.key === key)
    return row && [row.value, row.source]
  }

  it('goes by flag, variable, current context, default', async () => {
    expect(await sourceOf('api')).to.deep.equal(['http://127.0.0.1:10910', 'the default'])
    await home().json('context', 'add', 'dev', '-n', 'c:1')
    expect(await sourceOf('namesrv')).to.deep.equal(['c:1', 'the context dev'])
    expect(await sourceOf('namesrv', [], { NAMESRV_ADDR: 'e:1' })).to.deep.equal(['e:1', 'NAMESRV_ADDR'])
    const both = { NAMESRV_ADDR: 'e:1', MQ_API: 'http://e' }
    expect(await sourceOf('api', [], both)).to.deep.equal(['http://e', 'MQ_API'])
    expect(await sourceOf('namesrv', ['-n', 'f:1'], both)).to.deep.equal(['f:1', '--namesrv'])
    expect(await sourceOf('namesrv', ['--context', 'dev'], both)).to.deep.equal(['c:1', '--context'])
    expect((await home().run(['config', 'print', '--context', 'nope'])).code).to.equal(4)
  })

  it('finds mq.yaml up to the root of the repository, before the context', () => {
    const cwd = join(dir.path, 'deep', 'er')
    const env = { XDG_CONFIG_HOME: dir.path, HOME: dir.path }
    writeFileSync(join(dir.path, 'mq.yaml'), 'namesrv: [p:1, q:2]\ntimeout: 2s\nreadOnly: true\n')
    expect(findReach({}, env, cwd)).to.include({ namesrv: 'p:1;q:2', level: 'project', timeout: '2s', readOnly: true })
    expect(findReach({ namesrv: 'f:1' }, env, cwd)).to.include({ namesrv: 'f:1', readOnly: false })
    mkdirSync(join(dir.path, 'deep', '.git'))
    expect(findReach({}, env, cwd).level, 'another repository').to.equal('default')
  })

  it('sends a token nowhere but where its owner said', async () => {
    const env = { XDG_CONFIG_HOME: dir.path, HOME: dir.path, MQ_TOKEN: 'secret' }
    writeFileSync(join(dir.path, 'mq.yaml'), 'api: http://project\n')
    expect(findReach({}, env, dir.path))
      .to.include({ api: 'http://project' })
      .and.not.to.have.property('token')
    expect(findReach({ api: 'http://mine' }, env, dir.path).token).to.equal('secret')
    writeFileSync(join(dir.path, 'mq.yaml'), 'token: x\n')
    expect(() => findReach({}, env, dir.path)).to.throw('there is no key token')
  })

  it('refuses changes in a read-only context, and plans them', async () => {
    await home().json('context', 'add', 'prod', '-n', '127.0.0.1:1', '--read-only')
    const { code, stderr } = await home().run(['topic', 'create', 'x'])
    expect(code).to.equal(11)
    expect(stderr).to.contain('the context prod is read-only')
    expect((await home().run(['topic', 'create', 'x', '--dry-run'])).code, 'asks, and finds nobody').to.equal(7)
    expect((await home().run(['topic', 'list'])).code).to.equal(7)
  })
})
