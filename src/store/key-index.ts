/**
 * The key index: which messages have a key, newest first. The newest stretch of the log is in memory in pages; every 64 MiB of
 * log become one sorted run on disk, and the runs of a segment are merged into one when it is sealed, so that a query is one
 * seek a run. Lags the log, and is rebuilt from it.
 */
import type { TopicQueues } from './consume-queue.ts'
import type { Database } from './database.ts'
import {
  encodeRunHead,
  IndexPage,
  mergeRuns,
  openRunHead,
  PageSource,
  type RunHead,
  type RunSource,
  RunWriter
} from './index-run.ts'
import { BlockSource, searchRun } from './index-search.ts'
import { runBlockKey, runKey } from './keys.ts'
import { collectHashes } from './message-keys.ts'
import type { Segment } from './segment.ts'

/** Number of the run that a sealed segment has instead of all others. */
const mergedRun = 0xffff_fffe
const bytesAtOnce = 1024 * 1024

/** Runs of a segment: those made as the log grew, or the one they were merged into. */
interface Runs {
  readonly heads: { readonly run: number; readonly head: RunHead }[]
}

export class KeyIndex {
  readonly #runBytes: number
  readonly #enabled: boolean
  readonly #pages: IndexPage[] = []
  readonly #hashes: number[] = []
  readonly #runs = new Map<number, Runs>()

  constructor(settings: { readonly indexRunBytes: number; readonly messageIndexEnable: boolean }) {
    this.#runBytes = settings.indexRunBytes
    this.#enabled = settings.messageIndexEnable
  }

  /** Notes the keys of a message that is appended, or found in the log at start. */
  add(parent: TopicQueues, segmentStart: number, physicalOffset: number, size: number, properties: Buffer): void {
    if (!this.#enabled) return
    let page = this.#pages[this.#pages.length - 1]
    if (page === undefined || page.full || page.segmentStart !== segmentStart) {
      page = new IndexPage(segmentStart, page?.segmentStart === segmentStart ? page.to : physicalOffset)
      this.#pages.push(page)
    }
    const count = collectHashes(parent.seed, properties, 0, properties.length, this.#hashes)
    for (let i = 0; i < count; i++) page.add(this.#hashes[i]!, physicalOffset - segmentStart)
    page.to = physicalOffset + size
  }

  /** Log offset up to which a segment's runs reach. */
  end(segment: Segment): number {
    const heads = this.#runs.get(segment.start)?.heads
    return heads === undefined || heads.length === 0 ? segment.start : heads[heads.length - 1]!.head.to
  }

  /** Whether it was read which runs a segment has. */
  knows(segment: Segment): boolean {
    return this.#runs.has(segment.start)
  }

  /** Reads which runs a segment has; false when they are damaged and the index must be made anew. */
  async load(segment: Segment, database: Database): Promise<boolean> {
    const whole = await this.#load(segment, database)
    // What was indexed to its end when it was sealed cannot have less now.
    return whole && (segment.state !== 'sealed' || !segment.indexed || this.end(segment) === segment.end)
  }

  async #load(segment: Segment, database: Database): Promise<boolean> {
    const heads: Runs['heads'] = []
    const merged = await database.get(runKey(mergedRun))
    if (merged !== undefined) {
      const head = openRunHead(runKey(mergedRun), merged)
      if (head === undefined) return false
      heads.push({ run: mergedRun, head })
      return this.#known(segment, heads)
    }
    for (let run = 0; ; run++) {
      const row = await database.get(runKey(run))
      if (row === undefined) return this.#known(segment, heads)
      const head = openRunHead(runKey(run), row)
      if (head === undefined || head.from !== (heads[run - 1]?.head.to ?? segment.start)) return false
      heads.push({ run, head })
    }
  }

  /** Only once all of them were read: after a failed read, the next query must fail too, not find nothing. */
  #known(segment: Segment, heads: Runs['heads']): true {
    this.#runs.set(segment.start, { heads })
    return true
  }

  /** Forgets a segment's runs: it was removed, or its index is to be made anew. */
  forget(segment: Segment): void {
    this.#runs.delete(segment.start)
  }

  /**
   * Writes a run when the log has grown enough since the last one. `limit`: what the log has durably; at the segment's end
   * the rest is written whatever its size.
   */
  async flush(segment: Segment, database: Database, limit: number, turn: () => Promise<void>): Promise<void> {
    if (!this.#enabled) return
    const from = this.end(segment)
    const complete = limit >= segment.end
    if (from >= segment.end || (!complete && limit - from < this.#runBytes)) return
    // Segments before are complete: what is left of them holds nothing that is not on disk.
    while (this.#pages.length > 0 && this.#pages[0]!.segmentStart < segment.start) this.#pages.shift()
    const pages: IndexPage[] = []
    for (const page of this.#pages) {
      if (page.segmentStart !== segment.start || page.to > limit) break
      pages.push(page)
    }
    if (pages.length === 0 && !complete) return
    // A page that is still being filled must not grow while it is written; of a full segment none is.
    const last = pages[pages.length - 1]
    if (!complete && last !== undefined && last === this.#pages[this.#pages.length - 1]) {
      this.#pages.push(new IndexPage(segment.start, last.to))
    }
    const to = complete ? segment.end : last!.to
    const run = this.#runs.get(segment.start)?.heads.length ?? 0
    const sources = []
    for (const page of pages) {
      sources.push(new PageSource(page))
      await turn()
    }
    const head = await this.#writeRun(database, run, from, to, sources, turn)
    this.#headsOf(segment).push({ run, head })
    this.#pages.splice(0, pages.length)
  }

  #headsOf(segment: Segment): Runs['heads'] {
    let runs = this.#runs.get(segment.start)
    if (runs === undefined) {
      runs = { heads: [] }
      this.#runs.set(segment.start, runs)
    }
    return runs.heads
  }

  async #writeRun(
    database: Database,
    run: number,
    from: number,
    to: number,
    sources: readonly RunSource[],
    turn: () => Promise<void>
  ): Promise<RunHead> {
    let rows: [Buffer, Buffer][] = []
    let bytes = 0
    const writer = new RunWriter(
      (hash, offset) => runBlockKey(run, hash, offset),
      (key, block) => {
        rows.push([key, block])
        bytes += block.length
        if (bytes < bytesAtOnce) return undefined
        const full = rows
        rows = []
        bytes = 0
        return database.write(full, false)
      }
    )
    await mergeRuns(sources, (hash, offset) => writer.add(hash, offset), turn)
    const head = await writer.finish(from, to)
    rows.push([runKey(run), encodeRunHead(runKey(run), head)])
    await database.write(rows, false)
    return head
  }

  /** Merges the runs of a full segment into one. */
  async seal(segment: Segment, database: Database, turn: () => Promise<void>): Promise<void> {
    const heads = this.#runs.get(segment.start)?.heads ?? []
    if (heads.length === 0 || heads[0]!.run === mergedRun) return
    const sources = heads.map(({ run, head }) => new BlockSource(database, run, head))
    const merged = await this.#writeRun(database, mergedRun, segment.start, segment.end, sources, turn)
    // Queries that began with the old runs end with them: the new list is another array.
    this.#runs.set(segment.start, { heads: [{ run: mergedRun, head: merged }] })
    for (const { run } of heads) await this.#removeRun(database, run, turn)
  }

  async #removeRun(database: Database, run: number, turn: () => Promise<void>): Promise<void> {
    const keys: Buffer[] = []
    await database.scan({ gte: runKey(run), lt: runKey(run + 1), values: false }, entries => {
      for (const [key] of entries) keys.push(key)
      return true
    })
    for (let at = 0; at < keys.length; at += 512) {
      await database.write(
        keys.slice(at, at + 512).map(key => [key, undefined] as const),
        false
      )
      await turn()
    }
  }

  /**
   * Physical offsets in one segment that may have the key, below `before`, newest first, at most `max`. Collisions are
   * included: the caller compares.
   */
  async search(segment: Segment, database: Database, hash: number, before: number, max: number): Promise<number[]> {
    const limit = Math.min(before, segment.end) - segment.start
    const runs = this.#runs.get(segment.start)
    const found: number[] = []
    for (const page of this.#pages) if (page.segmentStart === segment.start) page.collect(hash, limit, found)
    found.sort((a, b) => b - a)
    const heads = [...(runs?.heads ?? [])]
    try {
      for (const { run, head } of heads.reverse()) {
        if (found.length >= max) break
        found.push(...(await searchRun(database, run, head, hash, limit, max - found.length)))
      }
    } catch (error) {
      // The runs were merged meanwhile: what was read is gone, and the merged run has it all.
      if (this.#runs.get(segment.start) === runs) throw error
      return this.search(segment, database, hash, before, max)
    }
    const offsets: number[] = []
    for (const offset of found) {
      const physical = segment.start + offset
      if (physical !== offsets[offsets.length - 1]) offsets.push(physical)
    }
    return offsets
  }

  /** Forgets entries of messages from `offset` on: they were never confirmed. */
  cut(offset: number): void {
    while (this.#pages.length > 0 && this.#pages[this.#pages.length - 1]!.from >= offset) this.#pages.pop()
    const last = this.#pages[this.#pages.length - 1]
    if (last !== undefined && last.to > offset) {
      last.cut(offset - last.segmentStart)
      last.to = offset
    }
  }
}
