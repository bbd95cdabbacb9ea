import { expect } from 'chai'
import { cluster } from '../../../support/mq.ts'

describe('mq broker config set', () => {
  const dev = cluster()

  it('changes settings and shows them as they are now', async () => {
    const { code, stdout } = await dev().run(['broker', 'config', 'set', 'fileReservedTime=48', 'maxMessageSize=65536'])
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: 'fileReservedTime=48\nmaxMessageSize=65536\n' })
    expect((await dev().run(['broker', 'config', 'get', 'fileReservedTime'])).stdout).to.equal('48\n')
  })

  it('passes on why the broker refuses', async () => {
    const { code, stderr } = await dev().run(['broker', 'config', 'set', 'brokerName=other'])
    expect(code).to.be.greaterThan(0)
    expect(stderr).to.contain('brokerName')
    expect((await dev().run(['broker', 'config', 'get', 'brokerName'])).stdout).to.equal('broker-a\n')
  })

  it('changes nothing when one of the settings does not exist', async () => {
    const { code, stderr } = await dev().run(['broker', 'config', 'set', 'fileReservedTime=50', 'fileReservedTim=1'])
    expect(code).to.equal(4)
    expect(stderr).to.contain('did you mean fileReservedTime?')
    expect((await dev().run(['broker', 'config', 'get', 'fileReservedTime'])).stdout).not.to.equal('50\n')
  })

  it('exits with 2 for what is no setting', async () => {
    expect((await dev().run(['broker', 'config', 'set', 'fileReservedTime'])).code).to.equal(2)
    expect((await dev().run(['broker', 'config', 'set'])).code).to.equal(2)
  })
})
