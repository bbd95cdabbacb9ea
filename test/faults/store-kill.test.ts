/**
 * kill -9 of a process that appends to a store, at seeded times and at every point of a segment's life, with segments of
 * 4 MiB and write buffers of 256 KiB. Nothing acknowledged may be lost, in either flush mode.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import type { FlushDiskType } from '../../src/store/options.ts'
import type { StorePoint } from '../../src/store/seams.ts'
import { runSeed, seeded } from '../support/seeded.ts'
import { StoreRun } from './store-run.ts'
import { type Mutant, smallStore } from './victim-settings.ts'
import type { Victim } from './victims.ts'

const modes: readonly FlushDiskType[] = ['ASYNC_FLUSH', 'SYNC_FLUSH']
const segmentBytes = smallStore.mappedFileSizeCommitLog

const afterMs = (delayMs: number): Promise<void> => new Promise(resolve => systemClock.after(delayMs, resolve))

const withDir = async (use: (dir: string) => Promise<void>): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'mq-kill-'))
  try {
    await use(join(dir, 'store'))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Lets a victim work until it has acknowledged something and crossed a segment, then for a seeded time, then kills it. */
const killInLoad = async (victim: Victim, extraMs: number): Promise<void> => {
  await victim.until(({ acks }) => acks.length > 0, 'its first acknowledgement')
  const first = victim.acks[0]!.physicalOffset
  await victim.until(({ acks }) => acks.at(-1)!.physicalOffset > first + segmentBytes, 'it had crossed a segment')
  await afterMs(extraMs)
  victim.kill()
  expect((await victim.died).signal, victim.errors).to.equal('SIGKILL')
}

const lives = async (dir: string, mode: FlushDiskType, seed: number, kills: number, mutant: Mutant = 'none') => {
  const random = seeded(seed)
  const run = new StoreRun('k', { ...smallStore, dir, flushDiskType: mode }, random)
  const found: string[] = []
  let line = ''
  for (let life = 0; life < kills; life++) {
    const victim = run.start({ mutant })
    await killInLoad(victim, random.whole(0, 600))
    run.remember(victim)
    const verdict = await run.judge()
    found.push(...verdict.violations.map(text => `after kill ${life + 1}: ${text}`))
    line = `${verdict.line}; log of ${Math.round(verdict.maxPhysicalOffset / segmentBytes)} segments, opened in ${Math.round(verdict.openedMs)} ms`
    expect(verdict.maxPhysicalOffset / segmentBytes).to.be.greaterThan(life + 1)
    if (found.length > 0) break
  }
  return { found, line }
}

describe('kill -9 of the store in full load', function () {
  this.timeout(120_000)

  for (const mode of modes) {
    for (const seed of [1, runSeed()]) {
      it(`${mode}, seed ${seed}: nothing acknowledged is lost`, async () => {
        await withDir(async dir => {
          const { found, line } = await lives(dir, mode, seed, 4)
          console.log(`      ${line}`)
          expect(found, `MQ_SEED=${seed}`).to.deep.equal([])
        })
      })
    }
  }

  const points: readonly (readonly [StorePoint, times: number])[] = [
    ['segment-made', 3],
    ['segment-recorded', 3],
    ['rolled', 2],
    ['sealing', 2],
    ['sealed', 2],
    ['derived-flushed', 4],
    ['checkpoint-half-written', 5],
    ['checkpoint-written', 5]
  ]
  for (const [index, [point, times]] of points.entries()) {
    const mode = modes[index % 2]!
    it(`${mode}: killed at ${point}`, async () => {
      await withDir(async dir => {
        const run = new StoreRun(point, { ...smallStore, dir, flushDiskType: mode }, seeded(index))
        for (let round = 0; round < 2; round++) {
          const victim = run.start({ killAt: { point, times } })
          expect((await victim.died).signal, victim.errors + victim.said).to.equal('SIGKILL')
          run.remember(victim)
          expect((await run.judge()).violations).to.deep.equal([])
        }
      })
    })
  }

  for (const point of ['min-offset-raised', 'before-unlink', 'segment-unlinked'] as const) {
    it(`ASYNC_FLUSH: killed in retention at ${point}`, async () => {
      await withDir(async dir => {
        const run = new StoreRun(point, { ...smallStore, dir, flushDiskType: 'ASYNC_FLUSH' }, seeded(3))
        const victim = run.start({ killAt: { point, times: 1 }, expireAfterMs: 1_500 })
        expect((await victim.died).signal, victim.errors + victim.said).to.equal('SIGKILL')
        run.remember(victim)
        const verdict = await run.judge()
        expect(verdict.violations).to.deep.equal([])
        expect(verdict.minPhysicalOffset, 'retention had begun').to.be.greaterThan(0)
        const again = await run.judge()
        expect(again.minPhysicalOffset, 'the first offset never goes back').to.be.at.least(verdict.minPhysicalOffset)
        const left = readdirSync(join(dir, 'commitlog')).filter(name => /^\d{20}$/.test(name))
        expect(left.map(Number).filter(start => start < again.minPhysicalOffset)).to.deep.equal([])
      })
    })
  }

  it('is proven: with the acknowledgement before the callback planted, it finds lost messages', async () => {
    await withDir(async dir => {
      const { found } = await lives(dir, 'ASYNC_FLUSH', 5, 6, 'ack-early')
      expect(found.join('\n')).to.match(/K1 lost/)
    })
  })
})
