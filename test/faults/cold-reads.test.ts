/** A commit while 64 cold reads are under way: reads leave the thread pool room, so that the commit always finds a thread. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import type { MessageStore } from '../../src/store/contract.ts'
import { seeded } from '../support/seeded.ts'
import { openAgain } from './read-store.ts'
import { draftOf, idOf } from './traffic.ts'
import { MiB } from './victim-settings.ts'

const readers = 64
const dataBytes = 384 * MiB
/** Idle and busy in turn, so that a slow moment of the machine meets both. */
const rounds = 6
/** Rounds before, in which V8 compiles the road of reads and finds the size of its heap. */
const warmRounds = 3
const commitsARound = 400
/** Below this a difference is that of one collection of garbage, not of commits that wait for reads. */
const floorMs = 1.5

const percentile = (values: number[], part: number): number =>
  values.toSorted((left, right) => left - right)[Math.floor(part * values.length)] ?? 0

/** Commits of one message each, one after the other, a little apart. */
const commitLatencies = async (store: MessageStore, run: string): Promise<number[]> => {
  const latencies: number[] = []
  for (let n = 0; n < commitsARound; n++) {
    const draft = draftOf(idOf(run, n * 4 + 1))
    const started = performance.now()
    await store.put(draft)
    latencies.push(performance.now() - started)
    await new Promise<void>(resolve => systemClock.after(1, resolve))
  }
  return latencies
}

const fill = async (store: MessageStore): Promise<number[]> => {
  const places: number[] = []
  const body = seeded(9).bytes(4_096)
  while (store.stats().maxPhysicalOffset < dataBytes) {
    const batch = Array.from({ length: 256 }, (_, n) => store.put({ ...draftOf(idOf('cold', n)), body }))
    for (const place of await Promise.all(batch)) places.push(place.physicalOffset)
  }
  return places
}

/**
 * Gives up the pages of the store's tables, for each line it is given, so that reads find them on the disk. A process of its
 * own: its work would otherwise be taken for the store's.
 */
const dropper = (dir: string): ChildProcessByStdio<Writable, null, null> => {
  const drop = `find '${dir}' -name '*.ldb' -exec dd if={} iflag=nocache count=0 status=none ';'`
  return spawn('sh', ['-c', `while read line; do ${drop}; done`], { stdio: ['pipe', 'ignore', 'inherit'] })
}

describe('a commit while 64 cold reads are under way', function () {
  this.timeout(180_000)
  const dir = mkdtempSync(join(tmpdir(), 'mq-cold-'))
  const drops = dropper(dir)
  const dropCaches = (): void => void drops.stdin.write('\n')
  after(() => {
    drops.stdin.end()
    rmSync(dir, { recursive: true, force: true })
  })

  it('takes at most three times as long at p99 as on an idle store', async () => {
    const options = {
      dir: join(dir, 'store'),
      mappedFileSizeCommitLog: 64 * MiB,
      recentBytesMax: 8 * MiB,
      cacheBytesMax: 4 * MiB,
      scrubBytesPerSecond: 0
    }
    const filling = await openAgain(options)
    const places = await fill(filling)
    await filling.close()
    const store = await openAgain(options)
    await commitLatencies(store, 'warm')
    const random = seeded(1)
    const idle: number[] = []
    const busy: number[] = []
    let reads = 0
    for (let round = -warmRounds; round < rounds; round++) {
      const idleRound = await commitLatencies(store, `idle${round}`)
      let reading = true
      const reader = async (): Promise<void> => {
        while (reading) {
          const bytes = await store.messageAt(random.pick(places))
          if (bytes === undefined) throw new Error('a message is not where it was')
          if (++reads % 2_000 === 0) dropCaches()
        }
      }
      dropCaches()
      const all = Promise.all(Array.from({ length: readers }, reader))
      const busyRound = await commitLatencies(store, `busy${round}`)
      reading = false
      await all
      if (round < 0) continue
      idle.push(...idleRound)
      busy.push(...busyRound)
    }
    await store.close()
    const [idleMs, busyMs] = [percentile(idle, 0.99), percentile(busy, 0.99)]
    const idleTail = `idle p50 ${percentile(idle, 0.5).toFixed(2)} p99 ${idleMs.toFixed(2)} ms`
    console.log(
      `      commit: ${idleTail}; with ${readers} cold reads in flight p50 ${percentile(busy, 0.5).toFixed(2)} p99 ${busyMs.toFixed(2)} ms (${reads} reads)`
    )
    expect(reads).to.be.greaterThan(rounds * readers)
    expect(busyMs).to.be.at.most(3 * Math.max(idleMs, floorMs))
  })
})
