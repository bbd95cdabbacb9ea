import { expect } from 'chai'
import { average } from '../../../src/client/rebalance/average.ts'
import { circle } from '../../../src/client/rebalance/circle.ts'
import { consistentHash } from '../../../src/client/rebalance/consistent-hash.ts'
import { machineRoom, roomOf } from '../../../src/client/rebalance/machine-room.ts'
import type { Rebalance, SharedQueue } from '../../../src/client/rebalance/rebalance.ts'

const queuesOf = (...counts: [brokerName: string, count: number][]): SharedQueue[] =>
  counts.flatMap(([brokerName, count]) =>
    Array.from({ length: count }, (_, queueId) => ({ topic: 'T', brokerName, queueId }))
  )
const names = (queues: readonly SharedQueue[]): string[] => queues.map(queue => `${queue.brokerName}/${queue.queueId}`)

const strategies: Readonly<Record<string, Rebalance>> = {
  average,
  circle,
  consistentHash,
  machineRoom: machineRoom(['room', 'other'])
}

describe('rebalance', () => {
  for (const [name, share] of Object.entries(strategies)) {
    it(`${name}: each queue to exactly one member, whatever the order of ids`, () => {
      const queues = queuesOf(['room@a', 5], ['other@b', 6])
      for (let members = 1; members <= 13; members++) {
        const ids = Array.from({ length: members }, (_, at) => `m${at}`)
        const all = ids.flatMap(id => names(share(queues, [...ids].reverse(), id)))
        expect(all.sort()).to.deep.equal(names(queues).sort())
      }
      expect(share(queues, ['a'], 'stranger')).to.deep.equal([])
    })
  }

  it('average: runs, the first taking the rest', () => {
    const queues = queuesOf(['a', 8])
    const of = (own: string): number[] => average(queues, ['c', 'a', 'b'], own).map(queue => queue.queueId)
    expect([of('a'), of('b'), of('c')]).to.deep.equal([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7]
    ])
  })

  it('circle: in turn', () => {
    const queues = queuesOf(['a', 8])
    const of = (own: string): number[] => circle(queues, ['c', 'a', 'b'], own).map(queue => queue.queueId)
    expect([of('a'), of('b'), of('c')]).to.deep.equal([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5]
    ])
  })

  it('consistent hash: who leaves moves only its own share', () => {
    const queues = queuesOf(['a', 64])
    const ids = ['m0', 'm1', 'm2', 'm3', 'm4']
    const left = ids.slice(1)
    for (const id of left) {
      expect(names(consistentHash(queues, left, id))).to.include.members(names(consistentHash(queues, ids, id)))
    }
    expect(consistentHash(queues, ids, 'm0')).not.to.have.length(0)
  })

  it('machine room: only queues of these rooms', () => {
    const queues = queuesOf(['far@a', 4], ['near@b', 5], ['c', 4])
    const share = machineRoom(['near'])
    expect(names(share(queues, ['x', 'y'], 'x'))).to.deep.equal(['near@b/0', 'near@b/1', 'near@b/4'])
    expect(names(share(queues, ['x', 'y'], 'y'))).to.deep.equal(['near@b/2', 'near@b/3'])
    expect([roomOf('near@b'), roomOf('b'), roomOf('a@b@c')]).to.deep.equal(['near', undefined, undefined])
  })
})
