import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context rename', () => {
  const home = contextHome()

  it('keeps settings, and being the current one', async () => {
    await home().json('context', 'add', 'dev', '-n', 'a:1')
    await home().json('context', 'add', 'other', '-n', 'b:1')
    await home().json('context', 'rename', 'dev', 'local')
    expect(await home().json('context', 'show')).to.deep.include({ name: 'local', namesrv: ['a:1'] })
    expect((await home().run(['context', 'rename', 'local', 'other'])).code).to.equal(5)
    expect((await home().run(['context', 'rename', 'dev', 'x'])).code).to.equal(4)
    expect((await home().run(['context', 'rename', 'local', 'a b'])).code).to.equal(2)
  })
})
