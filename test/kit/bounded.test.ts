import { expect } from 'chai'
import { mapBounded } from '../../src/kit/bounded.ts'

describe('bounded work', () => {
  it('keeps the order, and never more than the limit at a time', async () => {
    let running = 0
    let most = 0
    const results = await mapBounded(
      Array.from({ length: 30 }, (_, at) => at),
      async item => {
        most = Math.max(most, ++running)
        await new Promise(resolve => setImmediate(resolve))
        running--
        return item * 2
      },
      4
    )
    expect(results).to.deep.equal(Array.from({ length: 30 }, (_, at) => at * 2))
    expect(most).to.equal(4)
  })

  it('starts nothing further after a failure', async () => {
    const started: number[] = []
    const error = await mapBounded(
      [0, 1, 2, 3, 4, 5],
      async item => {
        started.push(item)
        if (item === 1) throw new Error('no')
      },
      1
    ).catch((caught: Error) => caught)
    expect((error as Error).message).to.equal('no')
    expect(started).to.deep.equal([0, 1])
  })
})
