import { expect } from 'chai'
import { ops, run } from '../../../support/ops-cluster.ts'

const edit = (editor: string, ...flags: string[]) =>
  ops().run(['broker', 'config', 'edit', ...flags], { env: { EDITOR: editor } })
const reserved = async () => (await run('broker', 'config', 'get', 'fileReservedTime')).stdout.trim()

describe('mq broker config edit', () => {
  after(() => run('broker', 'config', 'set', 'fileReservedTime=72'))

  it('changes the lines that were changed', async () => {
    const sed = 'sed -i s/^fileReservedTime=.*/fileReservedTime=50/'
    const planned = await edit(sed, '--dry-run')
    expect(planned.stdout).to.match(/^broker-a +fileReservedTime +72 +50 +planned$/m)
    expect(await reserved()).to.equal('72')
    expect((await edit(sed)).stdout).to.match(/ 72 +50 +done$/m)
    expect(await reserved()).to.equal('50')
    expect(await edit('true')).to.include({ code: 0, stdout: '', stderr: 'Nothing was changed.\n' })
  })

  it('changes nothing when the editor fails, or somebody was quicker, or a line is wrong', async () => {
    expect((await edit('false')).code).to.equal(11)
    expect((await edit('')).code).to.equal(2)
    expect((await edit(`sh -c 'echo nonsense >> "$1"' append`)).code).to.equal(2)
    const value = await reserved()
    expect((await edit('sed -i s/^listenPort=.*/listenPort=1/')).code).to.not.equal(0)
    expect(await reserved()).to.equal(value)
  })
})
