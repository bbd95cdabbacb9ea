/** Jobs of the thread pool: a few at once, and none that begins while a commit is under way, unless the commit is slow. */
import { expect } from 'chai'
import { Limiter } from '../../src/store/limiter.ts'
import { type ManualClock, manualClock } from '../support/manual-clock.ts'

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

describe('limiter', () => {
  const begun: number[] = []
  const finish: (() => void)[] = []
  let limiter: Limiter
  let clock: ManualClock

  const run = (n: number): Promise<void> =>
    limiter.run(() => {
      begun.push(n)
      return new Promise<void>(resolve => finish.push(resolve))
    }, true)

  beforeEach(() => {
    begun.length = 0
    finish.length = 0
    clock = manualClock()
    limiter = new Limiter(2, clock)
  })

  it('runs no more than its number at once, in order, and goes on after a job that failed', async () => {
    const failed = limiter.run(() => Promise.reject(new Error('EIO')))
    expect(await failed.catch(error => error.message)).to.equal('EIO')
    const all = [1, 2, 3, 4].map(run)
    await settle()
    expect(begun).to.deep.equal([1, 2])
    finish[0]?.()
    await settle()
    expect(begun).to.deep.equal([1, 2, 3])
    finish[1]?.()
    await settle()
    for (const done of finish) done()
    await Promise.all(all)
    expect(begun).to.deep.equal([1, 2, 3, 4])
    expect(limiter.running).to.equal(0)
  })

  it('begins no patient job while a commit is under way, and any other', async () => {
    const first = run(1)
    limiter.hold()
    const second = run(2)
    finish[0]?.()
    await first
    await settle()
    expect(await limiter.run(() => Promise.resolve('at once'))).to.equal('at once')
    expect(begun).to.deep.equal([1])
    limiter.letGo()
    await settle()
    expect(begun).to.deep.equal([1, 2])
    finish[1]?.()
    await second
  })

  it('goes on when a commit takes long, and holds again at the next one', async () => {
    limiter.hold()
    const jobs = [run(1)]
    clock.advance(1)
    await settle()
    expect(begun).to.deep.equal([])
    clock.advance(1)
    await settle()
    expect(begun).to.deep.equal([1])
    limiter.letGo()
    limiter.hold()
    jobs.push(run(2))
    await settle()
    expect(begun).to.deep.equal([1])
    // Many short commits one after the other let some jobs in between each two of them.
    limiter.letGo()
    limiter.hold()
    await settle()
    expect(begun).to.deep.equal([1, 2])
    for (const done of finish) done()
    await Promise.all(jobs)
  })
})
