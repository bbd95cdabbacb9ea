import { expect } from 'chai'
import { ops } from '../support/ops-cluster.ts'

const diff = (input: string, ...flags: string[]) => ops().run(['diff', '-f', '-', ...flags], { input })
const wish = 'kind: Topic\nmetadata: {name: wished}\nspec: {queues: 2}\n'

describe('mq diff', () => {
  it('shows what would change, and can tell it by its exit code', async () => {
    const found = await diff(wish)
    expect(found.code).to.equal(0)
    expect(found.stdout).to.match(/^\+ +Topic +wished +planned +readQueues=2, writeQueues=2$/m)
    expect(found.stderr).to.equal('1 to create, 0 to change, 0 as they are\n')
    expect((await diff(wish, '--exit-code')).code).to.equal(9)
    await ops().run(['apply', '-f', '-', '--yes'], { input: wish })
    expect(await diff(wish, '--exit-code')).to.include({ code: 0, stdout: '' })
    const changed = await diff(wish.replace('2', '3'), '--json')
    const { items } = JSON.parse(changed.stdout) as { items: { action: string; changes: object[] }[] }
    expect(items[0]).to.deep.include({ action: 'update', outcome: 'planned' })
    expect(items[0]!.changes).to.deep.include({ field: 'readQueues', before: '2', after: '3' })
  })
})
