/**
 * Power cuts of a store on an ext4 of its own. SYNC_FLUSH loses nothing; ASYNC_FLUSH only the tail that is younger than the
 * flush interval; what a barrier has covered survives even while LevelDB is slow to sync its tables.
 */
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import type { Send } from '../history/checkers.ts'
import { runSeed, seeded } from '../support/seeded.ts'
import { LoopDisk, removeTools, syncFault } from './disks.ts'
import { StoreRun } from './store-run.ts'
import { type Mutant, smallStore } from './victim-settings.ts'
import type { Victim } from './victims.ts'

const flushIntervalMs = 500
/** What a barrier itself may take, and the pipe that tells of it. */
const graceMs = 200

const afterMs = (delayMs: number): Promise<void> => new Promise(resolve => systemClock.after(delayMs, resolve))

const working = async (victim: Victim, messages: number): Promise<void> =>
  victim.until(({ acks }) => acks.length >= messages, `${messages} acknowledgements`)

/** Cuts the power under a victim that works; resolves to the time of the cut. */
const cutUnder = async (disk: LoopDisk, victim: Victim): Promise<bigint> => {
  const cutNs = process.hrtime.bigint()
  disk.cut()
  victim.kill()
  await victim.died
  disk.restore()
  return cutNs
}

const syncCuts = async (disk: LoopDisk, seed: number, cuts: number, mutant: Mutant) => {
  const random = seeded(seed)
  const run = new StoreRun(
    'p',
    { ...smallStore, dir: `${disk.path}/store-${mutant}-${seed}`, flushDiskType: 'SYNC_FLUSH' },
    random
  )
  const found: string[] = []
  let line = ''
  for (let n = 0; n < cuts && found.length === 0; n++) {
    const victim = run.start({ mutant })
    await working(victim, 200)
    await afterMs(random.whole(0, 900))
    await cutUnder(disk, victim)
    run.remember(victim)
    try {
      const verdict = await run.judge(100)
      found.push(...verdict.violations.map(text => `after cut ${n + 1}: ${text}`))
      line = verdict.line
    } catch (error) {
      found.push(`after cut ${n + 1} it does not open: ${String(error)}`)
    }
  }
  return { found, line }
}

describe('a power cut under the store', function () {
  this.timeout(180_000)
  let disk: LoopDisk
  beforeEach(() => {
    disk = new LoopDisk(1_500)
  })
  afterEach(() => disk.destroy())
  after(removeTools)

  for (const seed of [1, runSeed()]) {
    it(`SYNC_FLUSH, seed ${seed}: five cuts, nothing acknowledged is lost (A3)`, async () => {
      const { found, line } = await syncCuts(disk, seed, 5, 'none')
      console.log(`      ${line}`)
      expect(found, `MQ_SEED=${seed}`).to.deep.equal([])
    })
  }

  it('ASYNC_FLUSH: only the tail younger than the flush interval is lost (A4)', async () => {
    const random = seeded(4)
    const run = new StoreRun('a', { ...smallStore, dir: `${disk.path}/store`, flushDiskType: 'ASYNC_FLUSH' }, random)
    let worst = 0
    for (let n = 0; n < 5; n++) {
      const victim = run.start()
      await working(victim, 500)
      await victim.until(({ flushed }) => (flushed.at(-1)?.offset ?? 0) > 0, 'a barrier')
      await afterMs(random.whole(600, 1_500))
      const cutNs = await cutUnder(disk, victim)
      const durableNs = cutNs - BigInt(flushIntervalMs + graceMs) * 1_000_000n
      const flushed = victim.flushed.filter(({ atNs }) => atNs < cutNs).at(-1)!.offset
      const places = new Map(victim.acks.map(ack => [`${victim.run}-${ack.number}`, ack.physicalOffset]))
      run.remember(victim)
      const mustSurvive = (send: Send): boolean =>
        (send.answeredNs ?? 0n) < durableNs || (places.get(send.id) ?? Number.MAX_SAFE_INTEGER) < flushed
      const before = run.sends.filter(send => send.outcome === 'ok').length
      const verdict = await run.judge(100, mustSurvive)
      expect(verdict.violations, `cut ${n + 1}`).to.deep.equal([])
      const survived = new Set((await run.survivors()).map(read => read.id))
      const lost = run.sends.filter(send => send.outcome === 'ok' && !survived.has(send.id))
      worst = Math.max(worst, lost.length)
      // What is gone was told once; the next lives are judged without it.
      run.forget(new Set(lost.map(send => send.id)))
      expect(before - lost.length).to.equal(run.sends.filter(send => send.outcome === 'ok').length)
    }
    console.log(`      at most ${worst} messages of the last ${flushIntervalMs} ms lost in a cut`)
  })

  it('ASYNC_FLUSH: what a barrier covered survives across rotations of the log (A5)', async () => {
    for (let n = 0; n < 2; n++) {
      const run = new StoreRun(
        'b',
        { ...smallStore, dir: `${disk.path}/store-${n}`, flushDiskType: 'ASYNC_FLUSH' },
        seeded(n)
      )
      const victim = run.start({}, syncFault({ slow: '.ldb:1500' }))
      await working(victim, 300)
      const start = victim.flushed.length
      await victim.until(({ flushed }) => flushed.slice(start).some(({ offset }) => offset > 600_000), 'a barrier')
      const cutNs = await cutUnder(disk, victim)
      const flushed = victim.flushed.filter(({ atNs }) => atNs < cutNs).at(-1)!.offset
      const places = new Map(victim.acks.map(ack => [`${victim.run}-${ack.number}`, ack.physicalOffset]))
      run.remember(victim)
      const verdict = await run.judge(100, send => (places.get(send.id) ?? Number.MAX_SAFE_INTEGER) < flushed)
      expect(verdict.violations).to.deep.equal([])
      expect(verdict.maxPhysicalOffset, 'the log reaches at least to the barrier').to.be.at.least(flushed)
    }
  })

  it('is proven: with sync switched off, SYNC_FLUSH loses messages', async () => {
    const { found } = await syncCuts(disk, 5, 3, 'sync-off')
    expect(found.join('\n')).to.match(/K1 lost|does not open/)
  })
})
