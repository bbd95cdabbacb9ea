import { expect } from 'chai'
import { mq } from '../../support/mq.ts'

describe('mq service print', () => {
  it('prints the unit, as text and as JSON', async () => {
    const { code, stdout } = await mq(['service', 'print', 'namesrv', '--user'])
    expect(code).to.equal(0)
    expect(stdout).to.contain('WantedBy=default.target').and.not.to.contain('DynamicUser')
    const json = JSON.parse((await mq(['service', 'print', 'broker', '--json'])).stdout)
    expect(json).to.include({ unit: 'mq-broker.service', path: '/etc/systemd/system/mq-broker.service' })
    expect((await mq(['service', 'print', 'proxy'])).code).to.equal(2)
    expect((await mq(['service', 'print', 'namesrv', '-n', 'x:1'])).code).to.equal(2)
    expect((await mq(['service', 'print', 'broker', '-c', '/no/such.conf'])).code).to.equal(2)
  })
})
