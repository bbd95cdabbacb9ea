import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context add', () => {
  const home = contextHome()

  it('keeps the settings in a file of its own, for its owner alone', async () => {
    await home().json('context', 'add', 'dev', '-n', 'a:1;b:2', '--api', 'http://127.0.0.1:1', '--map', 'x:1=y:2')
    expect(home().mode()).to.equal(0o600)
    expect(JSON.parse(readFileSync(home().file, 'utf8'))).to.deep.equal({
      current: 'dev',
      contexts: { dev: { namesrv: ['a:1', 'b:2'], api: 'http://127.0.0.1:1', map: { 'x:1': 'y:2' } } }
    })
    await home().json('context', 'add', 'prod', '-n', 'c:3', '--read-only')
    expect((await home().json('context', 'show'))['name'], 'the first stays the current one').to.equal('dev')
  })

  it('takes a token from standard input, and never shows it', async () => {
    const args = ['context', 'add', 'p', '--api', 'https://mq.example', '--token-stdin']
    expect((await home().run(args, { input: 'secret-1\n' })).code).to.equal(0)
    expect(readFileSync(home().file, 'utf8')).to.contain('"secret-1"')
    for (const shown of [
      ['context', 'show'],
      ['context', 'list', '-o', 'wide'],
      ['context', 'show', '-o', 'yaml']
    ]) {
      const { code, stdout } = await home().run(shown)
      expect(code).to.equal(0)
      expect(stdout).not.to.contain('secret-1')
    }
  })

  it('refuses what could not be used', async () => {
    const wrong = [
      ['x'],
      ['x y', '-n', 'a:1'],
      ['x', '-n', 'nowhere'],
      ['x', '--api', 'ftp://a'],
      ['x', '--api', 'http://user:word@a'],
      ['x', '-n', 'a:1', '--timeout', 'soon'],
      ['x', '-n', 'a:1', '--map', 'a:1']
    ]
    for (const args of wrong) {
      const { code, stderr } = await home().run(['context', 'add', ...args])
      expect(code, `${args.join(' ')}: ${stderr}`).to.equal(2)
    }
    await home().json('context', 'add', 'x', '-n', 'a:1')
    expect((await home().run(['context', 'add', 'x', '-n', 'b:1'])).code).to.equal(5)
    expect((await home().json('context', 'add', 'y', '-n', 'b:1', '--dry-run'))['dryRun']).to.equal(true)
    expect((await home().run(['context', 'show', 'y'])).code).to.equal(4)
  })
})
