import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context list', () => {
  const home = contextHome()

  it('marks the current one', async () => {
    expect((await home().run(['context', 'list'])).stderr).to.contain('No contexts')
    await home().json('context', 'add', 'dev', '-n', 'a:1', '--cluster', 'C')
    await home().json('context', 'add', 'prod', '--api', 'https://b', '--read-only')
    expect((await home().run(['context', 'list'])).stdout).to.equal(
      [
        '   NAME  NAMESRV  API        CLUSTER  READ-ONLY',
        '*  dev   a:1      -          C        no',
        '   prod  -        https://b  -        yes',
        ''
      ].join('\n')
    )
    expect((await home().run(['context', 'list', '-o', 'name'])).stdout).to.equal('dev\nprod\n')
  })

  it('says which file is wrong, and where', async () => {
    mkdirSync(dirname(home().file), { recursive: true })
    for (const [text, words] of [
      ['{', 'is not JSON'],
      ['{"contexts":{"a":{"namsrv":"x:1"}}}', 'context a: there is no key namsrv; did you mean namesrv?'],
      ['{"contexts":{"a":{"tls":{"ca":"x"}}}}', 'tls cannot be used']
    ] as const) {
      writeFileSync(home().file, text)
      const { code, stderr } = await home().run(['context', 'list'])
      expect(code).to.equal(2)
      expect(stderr).to.contain(home().file).and.to.contain(words)
    }
  })
})
