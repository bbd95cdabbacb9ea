/**
 * One byte flipped in a store that a kill left behind, 200 times, over every kind of file. Each read must give what was
 * written or an error that says where; nothing may be missing in silence, and a death must say why.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect } from 'chai'
import type { StoreOptions } from '../../src/store/options.ts'
import { rawMessages } from '../support/raw-message.ts'
import { runSeed, seeded } from '../support/seeded.ts'
import type { FlipReport, Truth } from './flip-reader.ts'
import { type Flip, flip, flippable } from './flips.ts'
import { openAgain } from './read-store.ts'
import { identify, queueCount, topic } from './traffic.ts'
import { MiB, smallStore } from './victim-settings.ts'
import { Victim } from './victims.ts'

const messages = 7_000
const flips = Number(process.env['MQ_FLIPS'] ?? 200)
const optionsFor = (dir: string): StoreOptions => ({
  ...smallStore,
  dir,
  flushDiskType: 'ASYNC_FLUSH',
  recentBytesMax: MiB
})

/** A store of three segments as kill -9 leaves it once everything in it is durable. */
const crashImage = async (dir: string): Promise<void> => {
  const victim = new Victim({
    run: 'f',
    store: optionsFor(dir),
    mutant: 'none',
    inFlight: 64,
    stopAfter: messages
  })
  await victim.until(({ said }) => said.includes('idle'), 'it was idle')
  victim.kill()
  await victim.died
}

const truthOf = async (dir: string): Promise<Truth> => {
  const store = await openAgain(optionsFor(dir))
  const queues: { id: string; crc: number; physicalOffset: number }[][] = []
  for (let queueId = 0; queueId < queueCount; queueId++) {
    const queue: (typeof queues)[number] = []
    while (queue.length < store.maxOffset(topic, queueId)) {
      const result = await store.read(topic, queueId, queue.length, { messagesMax: 64, bytesMax: 1 << 20 })
      let at = 0
      for (const message of rawMessages(result.messages)) {
        const crc = crc32(result.messages.subarray(at, at + message.size))
        at += message.size
        queue.push({ id: identify(message).id, crc, physicalOffset: message.physicalOffset })
      }
    }
    queues.push(queue)
  }
  await store.close()
  return { queues }
}

interface Outcome {
  readonly flip: Flip
  readonly report: FlipReport | undefined
  /** How the reader died, if it did, and its last words. */
  readonly death: string
}

class Readers {
  #reader: ChildProcess | undefined
  #words = ''

  async read(options: StoreOptions, truthFile: string): Promise<Pick<Outcome, 'report' | 'death'>> {
    this.#reader ??= this.#start()
    const reader = this.#reader
    const result = await new Promise<Pick<Outcome, 'report' | 'death'>>(resolve => {
      const answered = (report: FlipReport): void => {
        reader.off('close', died)
        resolve({ report, death: '' })
      }
      const died = (code: number | null, signal: string | null): void => {
        reader.off('message', answered)
        resolve({
          report: undefined,
          death: `${signal ?? `exit ${code}`}: ${this.#words.trim().slice(-400) || '(silent)'}`
        })
      }
      reader.once('message', answered)
      reader.once('close', died)
      reader.send({ options, truthFile })
    })
    if (result.report === undefined) this.#reader = undefined
    return result
  }

  stop(): void {
    this.#reader?.kill()
  }

  #start(): ChildProcess {
    this.#words = ''
    const reader = fork(new URL('flip-reader.ts', import.meta.url).pathname, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    })
    reader.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#words += text
    })
    return reader
  }
}

const tally = (outcomes: readonly Outcome[]): string => {
  const died = outcomes.filter(({ death }) => death !== '').length
  const refused = outcomes.filter(({ report }) => report?.opened === false).length
  const detected = outcomes.filter(({ report }) => report?.opened === true && report.errors.length > 0).length
  const harmless = outcomes.filter(({ report }) => report?.opened === true && report.errors.length === 0).length
  const right = outcomes.reduce((sum, { report }) => sum + (report?.readsRight ?? 0), 0)
  return `${outcomes.length} flips: ${harmless} harmless, ${detected} found by reads, ${refused} refused at start, ${died} died with a message; ${right} reads right`
}

describe('one flipped byte', function () {
  this.timeout(300_000)
  const home = mkdtempSync(join(tmpdir(), 'mq-flips-'))
  const readers = new Readers()
  after(() => {
    readers.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it(`in each kind of file, ${flips} times: every read is right or an error that says where`, async () => {
    const seed = runSeed()
    console.log(`      MQ_SEED=${seed}`)
    const image = join(home, 'image')
    await crashImage(image)
    const sound = join(home, 'sound')
    cpSync(image, sound, { recursive: true })
    const truth = await truthOf(sound)
    expect(truth.queues.flat()).to.have.length(messages)
    const truthFile = join(home, 'truth.json')
    writeFileSync(truthFile, JSON.stringify(truth))
    const wanted = new RegExp(process.env['MQ_FLIP_KIND'] ?? '')
    const kinds = [...flippable(image).keys()].filter(kind => wanted.test(kind))
    console.log(`      kinds of files: ${kinds.join(', ')}`)
    const random = seeded(seed)
    const outcomes: Outcome[] = []
    for (let n = 0; n < flips; n++) {
      const dir = join(home, `copy-${n}`)
      cpSync(image, dir, { recursive: true })
      const flipped = flip(dir, kinds[n % kinds.length]!, random)
      const started = performance.now()
      const outcome = { flip: flipped, ...(await readers.read(optionsFor(dir), truthFile)) }
      outcomes.push(outcome)
      if (process.env['MQ_VERBOSE'] !== undefined) {
        const took = Math.round(performance.now() - started)
        console.log(`      ${took} ms ${JSON.stringify(flipped)} ${JSON.stringify(outcome).slice(0, 600)}`)
      }
      rmSync(dir, { recursive: true, force: true })
    }
    console.log(`      ${tally(outcomes)}`)
    const bad = outcomes.filter(
      ({ report, death }) => (report?.wrong.length ?? 0) > 0 || (death !== '' && death.endsWith('(silent)'))
    )
    for (const { flip: at, death } of outcomes.filter(outcome => outcome.death !== '')) {
      console.log(`      died at ${JSON.stringify(at)}: ${death}`)
    }
    const told = bad.map(
      ({ flip: at, report, death }) => `${JSON.stringify(at)}: ${death}${report?.wrong.slice(0, 3).join('; ')}`
    )
    expect(told, `MQ_SEED=${seed}`).to.deep.equal([])
  })
})
