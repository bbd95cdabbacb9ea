import { expect } from 'chai'
import { allocateAveragely } from '../../src/client/allocate-averagely.ts'

describe('allocateAveragely', () => {
  it('gives each queue to exactly one member, as Java does', () => {
    const queues = [0, 1, 2, 3, 4, 5, 6, 7]
    expect(allocateAveragely(queues, ['c', 'a', 'b'], 'a')).to.deep.equal([0, 1, 2])
    expect(allocateAveragely(queues, ['c', 'a', 'b'], 'b')).to.deep.equal([3, 4, 5])
    expect(allocateAveragely(queues, ['c', 'a', 'b'], 'c')).to.deep.equal([6, 7])
    expect(allocateAveragely([0, 1], ['a', 'b', 'c'], 'c')).to.deep.equal([])
    expect(allocateAveragely(queues, ['a'], 'stranger')).to.deep.equal([])
    for (let members = 1; members <= 10; members++) {
      const ids = Array.from({ length: members }, (_, at) => `m${at}`)
      const all = ids.flatMap(id => allocateAveragely(queues, ids, id))
      expect(all.sort()).to.deep.equal(queues)
    }
  })
})
