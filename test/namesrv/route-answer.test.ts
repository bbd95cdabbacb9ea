import { expect } from 'chai'
import { topicRoute } from '../../src/namesrv/route-answer.ts'
import { RouteTable } from '../../src/namesrv/route-table.ts'
import { topicConfig } from '../support/namesrv.ts'
import { registration } from '../support/registration.ts'

const asker = { remote: { host: '203.0.113.5', port: 1 }, local: { host: '192.0.2.1', port: 9876 } }
const rules = { deleteTopicWithBrokerRegistration: false }

describe('the answer to who asks for a route', () => {
  const masterless = (): RouteTable => {
    const routes = new RouteTable()
    const topics = [topicConfig('T'), topicConfig('rmq_sys_SYNC_BROKER_MEMBER_broker-a')]
    for (const brokerId of [0, 2, 3]) {
      const more = {
        brokerId,
        brokerAddr: `10.0.0.${brokerId}:1`,
        over: brokerId + 1,
        enableActingMaster: true,
        topics
      }
      routes.register(registration(more), 0, rules)
    }
    routes.connectionClosed({ id: 1 })
    return routes
  }

  const addrs = (routes: RouteTable, topic: string, actingMaster: boolean) =>
    topicRoute(routes, topic, asker, { actingMaster })?.brokerDatas.map(broker => [...broker.brokerAddrs])

  it('shows the lowest slave as the master where that is on, but not to the members themselves', () => {
    const routes = masterless()
    const real = [
      [
        [2, '10.0.0.2:1'],
        [3, '10.0.0.3:1']
      ]
    ]
    expect(addrs(routes, 'T', false)).to.deep.equal(real)
    expect(addrs(routes, 'T', true)).to.deep.equal([
      [
        [3, '10.0.0.3:1'],
        [0, '10.0.0.2:1']
      ]
    ])
    expect(addrs(routes, 'rmq_sys_SYNC_BROKER_MEMBER_broker-a', true)).to.deep.equal(real)
  })

  it('names filter servers by the address that their broker registered', () => {
    const routes = new RouteTable()
    routes.register(registration({ filterServers: ['f:1'] }), 0, rules)
    const route = topicRoute(routes, 'T', asker, { actingMaster: false })
    expect([...route!.filterServerTable]).to.deep.equal([['192.0.2.7:10911', ['f:1']]])
  })

  it('is none for a topic whose brokers are gone', () => {
    const routes = new RouteTable()
    routes.register(registration(), 0, rules)
    routes.connectionClosed({ id: 1 })
    expect(topicRoute(routes, 'T', asker, { actingMaster: false })).to.equal(undefined)
  })
})
