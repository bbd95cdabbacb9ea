import { expect } from 'chai'
import { RouteTable } from '../../src/namesrv/route-table.ts'
import { brokerFields, topicConfig } from '../support/namesrv.ts'
import { type RegistrationOf, registration } from '../support/registration.ts'
import { seeded } from '../support/seeded.ts'

const rules = { deleteTopicWithBrokerRegistration: false }
const key = { clusterName: brokerFields.clusterName, brokerAddr: brokerFields.brokerAddr }

const table = () => {
  const routes = new RouteTable()
  const register = (broker: RegistrationOf = {}, now = 0, how = rules) =>
    routes.register(registration(broker), now, how)
  const addrs = (name = 'broker-a') => [...(routes.broker(name)?.brokerAddrs ?? [])]
  return { routes, register, addrs }
}

describe('the route table', () => {
  describe('signs of life', () => {
    it('a broker is dropped after 120 s without one, or after the time that it named', () => {
      const { routes, register } = table()
      register({}, 1000)
      register({ brokerName: 'b', brokerAddr: 'b:1', heartbeatTimeoutMs: 10_000 }, 1000)
      expect(routes.expire(11_000)).to.have.length(0)
      expect(routes.expire(11_001).map(live => live.brokerName)).to.deep.equal(['b'])
      routes.seen(key.clusterName, key.brokerAddr, 50_000)
      expect(routes.expire(170_000)).to.have.length(0)
      expect(routes.expire(170_001).map(live => live.brokerName)).to.deep.equal(['broker-a'])
      expect([routes.brokerCount, routes.topics.size, routes.clusters.size]).to.deep.equal([0, 0, 0])
    })

    it('a registration is one', () => {
      const { routes, register } = table()
      register({}, 0)
      register({}, 100_000)
      expect(routes.expire(200_000)).to.have.length(0)
    })

    it('nobody can ask to be kept for ever', () => {
      const { routes, register } = table()
      register({ heartbeatTimeoutMs: 2 ** 52 }, 0)
      expect(routes.expire(600_001)).to.have.length(1)
    })
  })

  describe('stale messages', () => {
    it('a closed connection takes out only what was last registered over it', () => {
      const { routes, register } = table()
      register({ over: 1 })
      register({ over: 2 })
      expect(routes.connectionClosed({ id: 1 })).to.have.length(0)
      expect(routes.brokerCount).to.equal(1)
      expect(routes.connectionClosed({ id: 2 })).to.have.length(1)
      expect(routes.topics.size).to.equal(0)
    })

    it('of 2,000 interleavings none loses a fresh registration, or keeps a dead one', () => {
      for (let seed = 1; seed <= 2000; seed++) {
        const chance = seeded(seed)
        const { routes, register } = table()
        // A broker that comes back over new connections, while what belongs to the old ones arrives late.
        let newest = 0
        const late: (() => void)[] = []
        for (let step = 0; step < 12; step++) {
          if (newest === 0 || chance.real() < 0.4) {
            const over = ++newest
            register({ over, counter: over })
            if (chance.real() < 0.8) late.push(() => void routes.connectionClosed({ id: over }))
            if (chance.real() < 0.4) late.push(() => void routes.unregister(key, { id: over }))
          } else if (late.length > 0) {
            // What the newest connection itself will say is not late.
            const at = chance.whole(0, late.length - 1)
            const [run] = late.splice(at, 1)
            const before = newest
            register({ over: ++newest, counter: newest })
            run!()
            expect(routes.live(key.clusterName, key.brokerAddr)?.registrant.id, `seed ${seed}`).to.equal(newest)
            expect(newest).to.be.greaterThan(before)
          }
          expect(routes.brokerCount, `seed ${seed} step ${step}`).to.equal(1)
          expect(routes.topics.has('T', 'broker-a')).to.equal(true)
        }
        routes.connectionClosed({ id: newest })
        expect([routes.brokerCount, routes.topics.size, routes.clusters.size]).to.deep.equal([0, 0, 0])
      }
    })

    it('a broker with an older state version does not take the place of a newer one', () => {
      const { register, addrs, routes } = table()
      register({ stateVersion: 5 })
      expect(register({ stateVersion: 4, brokerAddr: 'other:1' })).to.deep.equal({
        taken: false,
        reason: 'older state version'
      })
      expect(addrs()).to.deep.equal([[0, brokerFields.brokerAddr]])
      expect(register({ stateVersion: 5, brokerAddr: 'other:1' }).taken).to.equal(true)
      expect(addrs()).to.deep.equal([[0, 'other:1']])
      routes.unregister(key, { id: 9 })
      expect(addrs()).to.deep.equal([[0, 'other:1']])
    })
  })

  describe('names and ids', () => {
    it('one address has one id: a slave that has become the master', () => {
      const { register, addrs } = table()
      register({ brokerId: 1 })
      register({ brokerId: 0 })
      expect(addrs()).to.deep.equal([[0, brokerFields.brokerAddr]])
    })

    it('one address has one name: a broker that came back under another', () => {
      const { register, addrs, routes } = table()
      register()
      register({ brokerName: 'renamed' })
      expect([addrs(), addrs('renamed')]).to.deep.equal([[], [[0, brokerFields.brokerAddr]]])
      expect(routes.topics.has('T', 'broker-a')).to.equal(false)
      expect([...routes.clusters.get('DefaultCluster')!]).to.deep.equal(['renamed'])
    })

    it('names of JavaScript are names', () => {
      const { register, routes } = table()
      const topics = [topicConfig('__proto__'), topicConfig('constructor')]
      register({ brokerName: '__proto__', clusterName: 'toString', topics })
      expect(routes.topics.has('constructor', '__proto__')).to.equal(true)
      expect(routes.broker('hasOwnProperty')).to.equal(undefined)
      expect([...routes.clusters.keys()]).to.deep.equal(['toString'])
    })

    it('has a bound', () => {
      const { register } = table()
      for (let i = 0; i < 10_000; i++) register({ brokerName: `b${i}`, brokerAddr: `b:${i}`, topics: [] })
      expect(register({ brokerName: 'more', brokerAddr: 'more:1' })).to.deep.equal({
        taken: false,
        reason: 'too many brokers'
      })
      expect(register({ brokerName: 'b1', brokerAddr: 'b:1' }).taken).to.equal(true)
    })
  })

  describe('topics', () => {
    it('come from a master, and from a slave only while it is the lowest and its master mode is known', () => {
      const { register, routes } = table()
      register({ brokerId: 2, topics: [topicConfig('A'), topicConfig('B')] })
      expect(routes.topics.queuesOf('A').get('broker-a')?.perm).to.equal(6)
      register({
        brokerId: 1,
        brokerAddr: 'one:1',
        topics: [topicConfig('C'), topicConfig('D')],
        enableActingMaster: true
      })
      expect(routes.topics.queuesOf('C').get('broker-a')?.perm, 'read only').to.equal(4)
      register({ brokerId: 3, brokerAddr: 'three:1', topics: [topicConfig('E'), topicConfig('F')] })
      expect(routes.topics.has('E', 'broker-a')).to.equal(false)
      register({
        brokerId: 0,
        brokerAddr: 'zero:1',
        enableActingMaster: undefined,
        topics: [topicConfig('G'), topicConfig('H')]
      })
      expect(routes.topics.has('G', 'broker-a')).to.equal(true)
    })

    it('stay when a registration no longer names them, unless the rule says otherwise', () => {
      const { register, routes } = table()
      register()
      register({ topics: [topicConfig('T'), topicConfig('V')], counter: 2 })
      expect([...routes.topics.names()]).to.deep.equal(['T', 'U', 'V'])
      register({ topics: [topicConfig('T')], counter: 3 }, 0, { deleteTopicWithBrokerRegistration: true })
      expect([...routes.topics.names()]).to.deep.equal(['T'])
    })

    it('that were deleted here come back with the next registration', () => {
      const { register, routes } = table()
      register()
      routes.topics.delete('T')
      register()
      expect(routes.topics.has('T', 'broker-a')).to.equal(true)
    })

    it('lose their write bit when the master of an acting-master group goes', () => {
      const { register, routes } = table()
      register({ enableActingMaster: true, over: 1 })
      register({ brokerId: 1, brokerAddr: 'one:1', enableActingMaster: true, over: 2 })
      routes.connectionClosed({ id: 1 })
      expect(routes.topics.queuesOf('T').get('broker-a')?.perm).to.equal(4)
      routes.connectionClosed({ id: 2 })
      expect(routes.topics.size).to.equal(0)
    })

    it('static ones keep their mapping by broker', () => {
      const { register, routes } = table()
      const mapping = { topic: 'T', totalQueues: 8, bname: 'broker-a', epoch: 1, dirty: false, currIdMap: new Map() }
      register({ mappings: new Map([['T', mapping]]) })
      expect(routes.topics.mappingsOf('T')?.get('broker-a')).to.equal(mapping)
      routes.connectionClosed({ id: 1 })
      expect(routes.topics.mappingsOf('T')).to.equal(undefined)
    })
  })
})
