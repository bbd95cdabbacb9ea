import { expect } from 'chai'
import { Consumers } from '../../../src/broker/clients/consumers.ts'
import { defaultGroup } from '../../../src/broker/groups/groups.ts'
import { consumer, subscription } from '../../support/broker.ts'
import { fakePeer } from '../../support/fake-peer.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { silentLog } from '../../support/silent-log.ts'

describe('consumers', () => {
  const quiet = new Set<string>()
  let clock = manualClock()
  let consumers = new Consumers({
    clock,
    log: silentLog(),
    groups: { get: () => undefined },
    options: { notifyConsumerIdsChangedEnable: true }
  })

  beforeEach(() => {
    quiet.clear()
    clock = manualClock()
    consumers = new Consumers({
      clock,
      log: silentLog(),
      groups: { get: name => ({ ...defaultGroup(name), notifyConsumerIdsChangedEnable: !quiet.has(name) }) },
      options: { notifyConsumerIdsChangedEnable: true }
    })
  })

  const member = (clientId: string, peer = fakePeer()) => ({ clientId, peer, language: 0, version: 513 })
  const idsOf = (group: string): string[] => [...(consumers.get(group)?.members.keys() ?? [])]

  it('say whether a heartbeat changed the group', () => {
    const one = member('a')
    expect(consumers.heartbeat(one, consumer('G', ['T']))).to.equal(true)
    expect(consumers.heartbeat(one, consumer('G', ['T']))).to.equal(false)
    expect(consumers.heartbeat(one, consumer('G', ['T', 'U']))).to.equal(true)
    expect(consumers.heartbeat(one, consumer('G', ['U']))).to.equal(true)
    expect(consumers.groupsOf('T')).to.deep.equal([])
    expect(consumers.groupsOf('U')).to.deep.equal(['G'])
  })

  it('keep the newest version of a subscription', () => {
    const data = (subVersion: number, subString: string) =>
      consumer('G', [], { subscriptionDataSet: [subscription('T', { subVersion, subString })] })
    consumers.heartbeat(member('a'), data(5, 'new'))
    expect(consumers.heartbeat(member('b'), data(4, 'old'))).to.equal(true)
    expect(consumers.get('G')?.subscriptions.get('T')?.subString).to.equal('new')
    consumers.heartbeat(member('b'), data(6, 'newest'))
    expect(consumers.get('G')?.subscriptions.get('T')?.subString).to.equal('newest')
  })

  it('drop members whose heartbeats stop, close their connections and tell the others', () => {
    const [silent, lively] = [member('a'), member('b')]
    consumers.heartbeat(silent, consumer('G', ['T']))
    clock.advance(100_000)
    consumers.heartbeat(lively, consumer('G', ['T']))
    clock.advance(20_000)
    consumers.expire(120_000)
    expect(idsOf('G')).to.deep.equal(['a', 'b'])
    clock.advance(1)
    const heard = lively.peer.sent.length
    consumers.expire(120_000)
    expect(idsOf('G')).to.deep.equal(['b'])
    expect(silent.peer.closed).to.equal(true)
    expect(lively.peer.sent.slice(heard)).to.deep.equal([['NOTIFY_CONSUMER_IDS_CHANGED', { consumerGroup: 'G' }]])
  })

  it('forget all of a connection when it closes, and the group with its last member', () => {
    const one = member('a')
    consumers.heartbeat(one, consumer('G', ['T']))
    consumers.heartbeat(one, consumer('H', ['T']))
    one.peer.close('test')
    expect([consumers.get('G'), consumers.get('H')]).to.deep.equal([undefined, undefined])
    expect(consumers.groupsOf('T')).to.deep.equal([])
    expect(consumers.heartbeat(one, consumer('G', ['T'])), 'a heartbeat after the close').to.equal(false)
    expect(consumers.size).to.equal(0)
  })

  it('let a reconnected client keep its place when its old connection closes', () => {
    const old = member('a')
    consumers.heartbeat(old, consumer('G', ['T']))
    const fresh = member('a')
    expect(consumers.heartbeat(fresh, consumer('G', ['T']))).to.equal(false)
    old.peer.close('test')
    expect(idsOf('G')).to.deep.equal(['a'])
    fresh.peer.close('test')
    expect(idsOf('G')).to.deep.equal([])
  })

  it('tell nobody when the group asks for that', () => {
    quiet.add('G')
    const one = member('a')
    consumers.heartbeat(one, consumer('G', ['T']))
    expect(one.peer.sent).to.deep.equal([])
  })

  it('are one for each connection: a client that changes its id takes the place of its old self', () => {
    const peer = fakePeer()
    for (let n = 0; n < 1000; n++) consumers.heartbeat(member(`c${n}`, peer), consumer('G', ['T']))
    expect(idsOf('G')).to.deep.equal(['c999'])
    peer.close('test')
    expect(consumers.size).to.equal(0)
  })

  it('take no more groups of one connection than a client can have', () => {
    const peer = fakePeer()
    for (let n = 0; n < 5000; n++) consumers.heartbeat(member('a', peer), consumer(`G${n}`, []))
    expect(consumers.size).to.equal(4096)
    peer.close('test')
    expect(consumers.size).to.equal(0)
  })
})
