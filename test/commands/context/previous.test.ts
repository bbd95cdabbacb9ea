import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context previous', () => {
  const home = contextHome()

  it('goes back and forth', async () => {
    await home().json('context', 'add', 'a', '-n', 'a:1')
    expect((await home().run(['context', 'previous'])).code).to.equal(4)
    await home().json('context', 'add', 'b', '-n', 'b:1', '--use')
    for (const name of ['a', 'b', 'a']) {
      expect((await home().json('context', 'previous'))['name']).to.equal(name)
      expect((await home().json('context', 'show'))['name']).to.equal(name)
    }
  })
})
