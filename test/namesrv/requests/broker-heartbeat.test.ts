import { expect } from 'chai'
import { systemClock } from '../../../src/kit/clock.ts'
import { brokerHeartbeatRoute } from '../../../src/namesrv/requests/broker-heartbeat.ts'
import { RouteTable } from '../../../src/namesrv/route-table.ts'
import { emptyBody } from '../../../src/protocol/command.ts'
import { brokerFields, withNamesrv } from '../../support/namesrv.ts'
import { registration } from '../../support/registration.ts'

describe('BROKER_HEARTBEAT', () => {
  const at = withNamesrv()
  const { haServerAddr: _, ...key } = brokerFields

  it('is answered, also for a broker that is not known', async () => {
    expect((await at.broker.ask(904, key)).code).to.equal(0)
    expect((await at.broker.ask(904, { ...key, brokerAddr: '192.0.2.99:1' })).code).to.equal(0)
    expect(at.server.namesrv.brokerCount).to.equal(1)
  })

  it('is a sign of life', async () => {
    const routes = new RouteTable()
    routes.register(registration(), 0, { deleteTopicWithBrokerRegistration: false })
    const clock = { ...systemClock, monotonic: () => 100_000 }
    const fields = new Map(Object.entries(key).map(([name, value]): [string, string] => [name, String(value)]))
    await brokerHeartbeatRoute({ routes, clock }).answer({ command: { fields }, body: emptyBody } as never)
    expect(routes.expire(200_000)).to.have.length(0)
    expect(routes.expire(220_001)).to.have.length(1)
  })
})
