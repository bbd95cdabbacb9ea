import { expect } from 'chai'
import { meantCommand } from '../../src/cli/command-not-found.ts'
import { mq } from '../support/mq.ts'

const commands = ['topic list', 'topic create', 'produce', 'consume', 'broker config set']

describe('unknown commands', () => {
  it('are answered with the one that was meant', () => {
    expect(meantCommand(['topic', 'crate', 'orders'], commands)).to.equal('topic create')
    expect(meantCommand(['prodcue', 'orders'], commands)).to.equal('produce')
    expect(meantCommand(['updateTopic'], commands)).to.equal('topic create --or-update')
    expect(meantCommand(['somethingelse'], commands)).to.equal(undefined)
  })

  it('exit with 127', async () => {
    const { code, stdout, stderr } = await mq(['topic', 'lst'])
    expect({ code, stdout }).to.deep.equal({ code: 127, stdout: '' })
    expect(stderr).to.contain('there is no command `mq topic lst`').and.to.contain('`mq topic list`')
  })
})
