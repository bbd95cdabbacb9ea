import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context use', () => {
  const home = contextHome()

  it('changes the current one, and names the one that was meant', async () => {
    await home().json('context', 'add', 'dev', '-n', 'a:1')
    await home().json('context', 'add', 'prod', '-n', 'b:1')
    await home().json('context', 'use', 'prod', '--dry-run')
    expect((await home().json('context', 'show'))['name']).to.equal('dev')
    await home().json('ctx', 'use', 'prod')
    expect((await home().json('context', 'show'))['name']).to.equal('prod')
    const { code, stderr } = await home().run(['context', 'use', 'prd'])
    expect(code).to.equal(4)
    expect(stderr).to.contain('did you mean prod?')
  })
})
