/**
 * The life of segments: made, rolled, sealed, opened for reads, removed. What exists is what meta's rows say; a directory
 * without a row was never finished and is set aside, a row without a directory means lost data and stops the start.
 */

import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { writeLong } from '../protocol/long.ts'
import { Database, type DatabaseOptions } from './database.ts'
import { exists, fdatasync, makeDir, namesIn, removeDir, syncPath } from './durable-files.ts'
import { headKey, segmentName } from './keys.ts'
import type { Limiter } from './limiter.ts'
import type { MetaStore, StoreChange } from './meta.ts'
import { openSegmentsMax, type StoreSettings } from './options.ts'
import {
  parseSegmentRow,
  partDir,
  Segment,
  type SegmentDatabases,
  type SegmentPart,
  type SegmentRow,
  segmentParts
} from './segment.ts'
import { turn } from './turn.ts'
import { checkWriteAheadLogs } from './wal-check.ts'

const segmentHead = (start: number, bytes: number): Buffer => {
  const head = Buffer.alloc(17)
  head[0] = 1
  writeLong(head, start, 1)
  writeLong(head, bytes, 9)
  return head
}

/**
 * How long a segment that could not be opened is not tried again: each attempt costs up to 200 ms of the threads that
 * commits need, and its readers ask without end.
 */
const openAgainMs = 2_000

export class Segments {
  readonly #settings: StoreSettings
  readonly #segmentBytes: number
  readonly #openMax: number
  readonly #meta: MetaStore
  readonly #limiter: Limiter
  readonly #log: Logger
  readonly #clock: Clock
  readonly #byStart = new Map<number, Segment>()
  /** Ascending. */
  list: Segment[] = []
  readonly #checked = new Set<number>()
  #uses = 0

  constructor(
    settings: StoreSettings,
    segmentBytes: number,
    meta: MetaStore,
    limiter: Limiter,
    { log, clock }: { readonly log: Logger; readonly clock: Clock }
  ) {
    this.#settings = settings
    this.#segmentBytes = segmentBytes
    this.#openMax = openSegmentsMax(segmentBytes, settings.openSegmentsBytesMax)
    this.#meta = meta
    this.#limiter = limiter
    this.#log = log
    this.#clock = clock
  }

  get segmentBytes(): number {
    return this.#segmentBytes
  }
  get first(): Segment {
    return this.list[0]!
  }
  get last(): Segment {
    return this.list[this.list.length - 1]!
  }

  startOf(offset: number): number {
    return Math.floor(offset / this.#segmentBytes) * this.#segmentBytes
  }

  at(offset: number): Segment | undefined {
    return this.#byStart.get(this.startOf(offset))
  }

  after(segment: Segment): Segment | undefined {
    return this.#byStart.get(segment.end)
  }

  /** Reads the rows, finishes removals that were under way, sets unfinished directories aside. */
  async load(): Promise<void> {
    const rows = await this.#meta.raw('segment')
    for (const name of [...rows.keys()].sort()) {
      const row = parseSegmentRow(name, rows.get(name)!)
      if (row.state === 'leaving') await this.finishRemoval(Number(name))
      else this.#add(Number(name), row)
    }
    const { dir } = this.#settings
    for (const name of await namesIn(join(dir, 'commitlog'))) {
      if (!this.#byStart.has(Number(name))) await this.#setAside('commitlog', name)
    }
    let previous: Segment | undefined
    for (const segment of this.list) {
      if (previous !== undefined && previous.end !== segment.start) {
        const text = `the segments between ${previous.end} and ${segment.start} of the commit log have no rows in meta`
        throw new MqError('MQ_STORE_CORRUPT', text)
      }
      if (!(await exists(partDir(dir, 'commitlog', segment.start)))) {
        const text = `the segment ${segment.name} of the commit log, offsets ${segment.start} to ${segment.end}, is missing from the disk`
        throw new MqError('MQ_STORE_CORRUPT', text)
      }
      previous = segment
    }
  }

  #add(start: number, row: SegmentRow): Segment {
    const segment = new Segment(start, start + this.#segmentBytes, row)
    this.#byStart.set(start, segment)
    this.list.push(segment)
    return segment
  }

  async #setAside(part: SegmentPart, name: string): Promise<void> {
    const { dir } = this.#settings
    await makeDir(join(dir, 'aside'))
    let target = join(dir, 'aside', `${part}-${name}`)
    for (let i = 1; await exists(target); i++) target = join(dir, 'aside', `${part}-${name}-${i}`)
    this.#log.warn({ part, name, target }, 'a segment that was never finished is set aside')
    await rename(join(dir, part, name), target)
  }

  /** Makes the segment that begins at `start`; durable, and recorded, when it resolves. */
  async create(start: number): Promise<Segment> {
    const { dir, seams } = this.#settings
    const row: SegmentRow = { state: 'open', firstStoreTime: 0, lastStoreTime: 0, indexed: false }
    for (const part of segmentParts) {
      // What a removal or an unfinished creation left behind must not come to life again.
      if (await exists(partDir(dir, part, start))) await this.#setAside(part, segmentName(start))
    }
    let databases: SegmentDatabases | undefined
    try {
      databases = await this.#makeFiles(start)
      await this.#meta.change([{ table: 'segment', key: segmentName(start), value: JSON.stringify(row) }])
    } catch (error) {
      await this.#abandon(start, databases)
      throw error
    }
    await seams.at?.('segment-recorded')
    this.#checked.add(start)
    const segment = this.#add(start, row)
    segment.databases = databases
    return segment
  }

  async #makeFiles(start: number): Promise<SegmentDatabases> {
    const { dir, seams } = this.#settings
    for (const part of segmentParts) await makeDir(partDir(dir, part, start))
    const databases = await this.#openAll(start, { create: true })
    try {
      await databases.commitlog.write([[headKey, segmentHead(start, this.#segmentBytes)]], true)
      for (const part of segmentParts) {
        await this.#sync(partDir(dir, part, start))
        await this.#sync(join(dir, part))
      }
      await seams.at?.('segment-made')
      return databases
    } catch (error) {
      for (const part of segmentParts) await databases[part].close()
      throw error
    }
  }

  /**
   * A creation failed. Databases left open would keep their locks, and directories would pile up as it is tried again; but
   * when the row's fate is unknown the files stay, since a row without them would stop the next start.
   */
  async #abandon(start: number, databases: SegmentDatabases | undefined): Promise<void> {
    if (databases !== undefined) {
      for (const part of segmentParts) await databases[part].close().catch(() => {})
      return
    }
    for (const part of segmentParts)
      await removeDir(partDir(this.#settings.dir, part, start), async () => {}).catch(() => {})
  }

  async #sync(path: string): Promise<void> {
    await this.#limiter.run(() => syncPath(path, this.#settings.seams.syncFile ?? fdatasync))
  }

  #options(part: SegmentPart, create: boolean): DatabaseOptions {
    const { writeBufferBytes, compression, seams } = this.#settings
    return {
      createIfMissing: create,
      errorIfExists: create,
      writeBufferBytes: part === 'commitlog' ? writeBufferBytes : Math.max(64 * 1024, writeBufferBytes / 2),
      compression: part === 'commitlog' && compression,
      limiter: this.#limiter,
      seams
    }
  }

  async #openAll(start: number, mode: { readonly create: boolean }): Promise<SegmentDatabases> {
    const { dir } = this.#settings
    const opened: Database[] = []
    const openPart = async (part: SegmentPart): Promise<Database> => {
      const target = partDir(dir, part, start)
      // Derived data may be made anew: recovery fills it from the log.
      const create = mode.create || (part !== 'commitlog' && !(await exists(join(target, 'CURRENT'))))
      if (create) await makeDir(target)
      else if (part === 'commitlog') await this.#checkLogs(target, start)
      const database = await Database.open(target, this.#options(part, create))
      opened.push(database)
      return database
    }
    try {
      const commitlog = await openPart('commitlog')
      if (!mode.create) await this.#checkHead(commitlog, start)
      return { commitlog, consumequeue: await openPart('consumequeue'), index: await openPart('index') }
    } catch (error) {
      for (const database of opened) await database.close()
      throw error
    }
  }

  /** Once for each segment: what this process wrote itself is not looked through again. */
  async #checkLogs(target: string, start: number): Promise<void> {
    if (this.#checked.has(start)) return
    await checkWriteAheadLogs(target, turn)
    this.#checked.add(start)
  }

  async #checkHead(database: Database, start: number): Promise<void> {
    const head = await database.get(headKey)
    if (head === undefined || !head.equals(segmentHead(start, this.#segmentBytes))) {
      const text = `the database ${database.location} is not the commit log from ${start} on: its first row is missing or wrong`
      throw new MqError('MQ_STORE_CORRUPT', text)
    }
  }

  /** Empties a derived database, which is then rebuilt from the log. Only for a segment that nothing reads yet. */
  async recreate(segment: Segment, part: 'consumequeue' | 'index'): Promise<void> {
    const target = partDir(this.#settings.dir, part, segment.start)
    const { databases } = segment
    if (databases !== undefined) await databases[part].close()
    await removeDir(target, async () => {})
    await makeDir(target)
    if (databases === undefined) return
    segment.databases = { ...databases, [part]: await Database.open(target, this.#options(part, true)) }
  }

  /** Databases of a segment, opened when they are not; call `segment.release()` when done with them. */
  async acquire(segment: Segment): Promise<SegmentDatabases> {
    while (segment.closing !== undefined) await segment.closing
    if (segment.state === 'leaving') throw new MqError('MQ_NOT_FOUND', `segment ${segment.name} has been removed`)
    const { failure } = segment
    if (failure !== undefined && this.#clock.monotonic() < failure.untilMs) throw failure.error
    segment.users++
    segment.lastUsed = ++this.#uses
    if (segment.databases !== undefined) return segment.databases
    try {
      segment.opening ??= this.#openAll(segment.start, { create: false }).finally(() => {
        segment.opening = undefined
      })
      const databases = await segment.opening
      segment.databases = databases
      segment.failure = undefined
      void this.#closeIdle()
      return databases
    } catch (error) {
      segment.failure = { error, untilMs: this.#clock.monotonic() + openAgainMs }
      segment.release()
      throw error
    }
  }

  async use<T>(segment: Segment, job: (databases: SegmentDatabases) => Promise<T>): Promise<T> {
    const databases = await this.acquire(segment)
    try {
      return await job(databases)
    } finally {
      segment.release()
    }
  }

  /** Closes the sealed segment that was used longest ago, when too many are open. */
  async #closeIdle(): Promise<void> {
    const open = this.list.filter(segment => segment.state === 'sealed' && segment.databases !== undefined)
    if (open.length <= this.#openMax) return
    const idle = open.filter(segment => segment.users === 0).sort((a, b) => a.lastUsed - b.lastUsed)[0]
    if (idle === undefined) return
    await this.closeSegment(idle).catch(error => this.#log.warn({ segment: idle.name, error }, 'could not be closed'))
  }

  /** Closes a segment once nothing reads it; who wants to read meanwhile waits and opens it again. */
  closeSegment(segment: Segment): Promise<void> {
    segment.closing ??= this.#close(segment).finally(() => {
      segment.closing = undefined
    })
    return segment.closing
  }

  async #close(segment: Segment): Promise<void> {
    if (segment.opening !== undefined) await segment.opening.catch(() => {})
    while (segment.users > 0) await new Promise<void>(resolve => segment.idleWaiters.push(resolve))
    const { databases } = segment
    segment.databases = undefined
    if (databases !== undefined) for (const part of segmentParts) await databases[part].close()
  }

  /**
   * The full segment's derived data is complete: records that, with where every queue stood at its end, then closes it. The
   * reopen that follows replays LevelDB's log into a table while nobody waits.
   */
  async seal(segment: Segment, nextStarts: Buffer): Promise<void> {
    const { seams } = this.#settings
    await seams.at?.('sealing')
    await this.#meta.change([
      { table: 'segment', key: segment.name, value: JSON.stringify(segment.row('sealed')) },
      { table: 'starts', key: segmentName(segment.end), value: nextStarts }
    ])
    await seams.at?.('sealed')
    segment.state = 'sealed'
    await this.closeSegment(segment)
    await this.use(segment, async () => {})
  }

  /** Removes the oldest segment: first the promise that its offsets are gone, then its files, one at a time. */
  async removeFirst(pauseBetween: () => Promise<void>, onRaised: () => void): Promise<void> {
    const segment = this.first
    const { seams } = this.#settings
    const changes: StoreChange[] = [
      { table: 'store', key: 'minOffset', value: String(segment.end) },
      { table: 'segment', key: segment.name, value: JSON.stringify(segment.row('leaving')) }
    ]
    await this.#meta.change(changes)
    await seams.at?.('min-offset-raised')
    segment.state = 'leaving'
    this.list = this.list.slice(1)
    this.#byStart.delete(segment.start)
    this.#checked.delete(segment.start)
    onRaised()
    await this.closeSegment(segment)
    await this.finishRemoval(segment.start, pauseBetween)
  }

  async finishRemoval(start: number, pauseBetween: () => Promise<void> = async () => {}): Promise<void> {
    const { dir, seams } = this.#settings
    for (const part of [...segmentParts].reverse()) {
      await removeDir(partDir(dir, part, start), async () => {
        await pauseBetween()
        await seams.at?.('before-unlink')
      })
    }
    for (const part of segmentParts) await this.#sync(join(dir, part))
    await this.#meta.change([
      { table: 'segment', key: segmentName(start), value: undefined },
      { table: 'starts', key: segmentName(start), value: undefined }
    ])
    await seams.at?.('segment-unlinked')
  }

  async close(): Promise<void> {
    for (const segment of this.list) await this.closeSegment(segment)
  }
}
