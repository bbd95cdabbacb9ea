import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context show', () => {
  const home = contextHome()

  it('shows the one that is named, else the current one', async () => {
    expect((await home().run(['context', 'show'])).code).to.equal(4)
    await home().json('context', 'add', 'dev', '-n', 'a:1')
    await home().json('context', 'add', 'prod', '-n', 'b:1', '--color', 'red')
    expect(await home().json('context', 'show')).to.include({ name: 'dev', current: true })
    expect(await home().json('context', 'show', 'prod')).to.include({ current: false, color: 'red', hasToken: false })
    expect((await home().run(['context', 'show', 'prod', '-o', 'yaml'])).stdout).to.contain('namesrv:\n  - b:1\n')
  })
})
