import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context edit', () => {
  const home = contextHome()

  it('changes what flags name', async () => {
    await home().json('context', 'add', 'p', '-n', 'a:1', '--read-only')
    await home().json('context', 'edit', 'p', '--no-read-only', '--timeout', '2s', '--dry-run')
    expect(await home().json('context', 'show')).to.include({ readOnly: true })
    await home().json('context', 'edit', 'p', '--no-read-only', '--timeout', '2s')
    expect(await home().json('context', 'show')).to.deep.include({ readOnly: false, timeout: '2s', namesrv: ['a:1'] })
  })

  it('opens an editor without flags, and takes only what is right', async () => {
    await home().json('context', 'add', 'p', '-n', 'a:1')
    const edit = (EDITOR: string) => home().run(['context', 'edit', 'p'], { env: { EDITOR } })
    expect((await edit("sed -i 's/a:1/b:2/'")).stdout).to.equal('Context p changed\n')
    expect((await home().json('context', 'show'))['namesrv']).to.deep.equal(['b:2'])
    expect((await edit("sed -i 's/namesrv:/nomsrv:/'")).code).to.equal(2)
    expect((await edit('true')).stdout).to.equal('Context p unchanged\n')
    expect((await edit('false')).code).to.equal(11)
    expect((await edit('')).code).to.equal(2)
    expect((await home().json('context', 'show'))['namesrv']).to.deep.equal(['b:2'])
  })
})
