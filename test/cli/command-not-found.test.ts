import { expect } from 'chai'
import { longForm, meantCommand } from '../../src/cli/command-not-found.ts'
import { mq } from '../support/mq.ts'

const commands = ['topic list', 'topic create', 'produce', 'consume', 'broker config set']

describe('unknown commands', () => {
  it('are answered with the one that was meant', () => {
    expect(meantCommand(['topic', 'crate', 'orders'], commands)).to.equal('topic create')
    expect(meantCommand(['prodcue', 'orders'], commands)).to.equal('produce')
    expect(meantCommand(['somethingelse'], commands)).to.equal(undefined)
  })

  it('in a short form are those that they stand for', async () => {
    expect(longForm(['topic', 'ls'], commands)).to.deep.equal({ command: 'topic list', rest: [] })
    expect(longForm(['send', 'orders', 'x'], commands)).to.deep.equal({ command: 'produce', rest: ['orders', 'x'] })
    expect(longForm(['topic', 'create', 'ls'], commands)).to.equal(undefined)
    const { code, stderr } = await mq(['topic', 'ls', '-n', '127.0.0.1:1'])
    expect({ code, stderr: stderr.split(' ')[0] }).to.deep.equal({ code: 7, stderr: 'Error:' })
  })

  it('with names of mqadmin get its hint, and too many arguments are no unknown command', async () => {
    const apache = await mq(['updateTopic'])
    expect(apache.code).to.equal(127)
    expect(apache.stderr).to.contain('`mq topic create').and.to.contain('`mq mqadmin updateTopic`')
    const many = await mq(['cluster', 'list', 'surplus'])
    expect(many.code).to.equal(2)
    expect(many.stderr).to.contain('takes no argument "surplus"')
  })

  it('exit with 127', async () => {
    const { code, stdout, stderr } = await mq(['topic', 'lst'])
    expect({ code, stdout }).to.deep.equal({ code: 127, stdout: '' })
    expect(stderr).to.contain('there is no command `mq topic lst`').and.to.contain('`mq topic list`')
  })
})
