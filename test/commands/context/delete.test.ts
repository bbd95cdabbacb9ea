import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context delete', () => {
  const home = contextHome()

  it('asks first, and forgets that it was the current one', async () => {
    await home().json('context', 'add', 'dev', '-n', 'a:1')
    expect((await home().run(['context', 'delete', 'dev'])).code).to.equal(11)
    expect((await home().json('context', 'delete', 'dev', '--dry-run'))['outcome']).to.equal('deleted')
    expect((await home().json('context', 'show'))['name']).to.equal('dev')
    await home().json('context', 'delete', 'dev', '--confirm', 'dev')
    expect((await home().run(['context', 'show'])).code).to.equal(4)
    expect((await home().run(['context', 'delete', 'dev', '--yes'])).code).to.equal(4)
  })
})
