import { expect } from 'chai'
import { cluster } from '../../../support/mq.ts'

describe('mq broker config get', () => {
  const dev = cluster()

  it('prints the bare value', async () => {
    expect(await dev().run(['broker', 'config', 'get', 'brokerClusterName'])).to.deep.equal({
      code: 0,
      stdout: 'DefaultCluster\n',
      stderr: ''
    })
    const { stdout } = await dev().run(['broker', 'config', 'get', 'brokerId', '--broker', 'broker-a', '--json'])
    expect(JSON.parse(stdout)).to.deep.equal({ key: 'brokerId', value: '0' })
  })

  it('names the setting that was meant', async () => {
    const { code, stderr } = await dev().run(['broker', 'config', 'get', 'fileReservedTim'])
    expect(code).to.equal(4)
    expect(stderr).to.contain('did you mean fileReservedTime?')
  })
})
