/**
 * Reads runs of the key index from disk: one key, newest first, or a whole run in order. A run's blocks name the entry that
 * follows them, so that a block which LevelDB has lost is noticed.
 */
import { MqError } from '../kit/errors.ts'
import type { Database } from './database.ts'
import { openRunBlock, type RunBlock, type RunHead, type RunSource, runBlockHash, runBlockOffset } from './index-run.ts'
import { runBlockKey, runKey } from './keys.ts'

const corrupt = (database: Database, head: RunHead, why: string): MqError =>
  new MqError(
    'MQ_STORE_CORRUPT',
    `the key index ${database.location} cannot be read for log offsets ${head.from} to ${head.to}: ${why}`
  )

const afterEntry = (hash: number, offset: number, otherHash: number, otherOffset: number): boolean =>
  hash > otherHash || (hash === otherHash && offset > otherOffset)

/** Index of the first entry at or after (hash, offset). */
const lowerBound = (block: RunBlock, hash: number, offset: number): number => {
  let low = 0
  let high = block.count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (afterEntry(hash, offset, runBlockHash(block, middle), runBlockOffset(block, middle))) low = middle + 1
    else high = middle
  }
  return low
}

/** Offsets of a hash below `before`, greatest first. */
export const searchRun = async (
  database: Database,
  run: number,
  head: RunHead,
  hash: number,
  before: number,
  max: number
): Promise<number[]> => {
  const found: number[] = []
  if (head.blocks === 0 || before <= 0 || max <= 0) return found
  // The entry that all wanted ones precede: the first block that may hold it is the last one that starts before it.
  const range = { gt: runKey(run), lt: runBlockKey(run, hash, Math.min(before, 0xffff_ffff)), reverse: true }
  let next: { hash: number; offset: number } | undefined
  let sawAny = false
  await database.scan({ ...range, limit: 64 }, entries => {
    for (const [key, bytes] of entries) {
      sawAny = true
      const block = openRunBlock(key, bytes)
      if (block === undefined) throw corrupt(database, head, 'a block is damaged')
      if (next === undefined) {
        if (!afterEntry(block.nextHash, block.nextOffset, hash, before - 1))
          throw corrupt(database, head, 'a block is missing')
      } else if (block.nextHash !== next.hash || block.nextOffset !== next.offset) {
        throw corrupt(database, head, 'a block is missing')
      }
      next = { hash: runBlockHash(block, 0), offset: runBlockOffset(block, 0) }
      for (let i = lowerBound(block, hash, before) - 1; i >= 0; i--) {
        if (runBlockHash(block, i) !== hash) return false
        found.push(runBlockOffset(block, i))
        if (found.length >= max) return false
      }
    }
    return true
  })
  if (!sawAny && afterEntry(hash, before, head.firstHash, head.firstOffset)) {
    throw corrupt(database, head, 'its first block is missing')
  }
  return found
}

/** A run from its first entry to its last. */
export class BlockSource implements RunSource {
  hash = 0
  offset = 0
  readonly #database: Database
  readonly #run: number
  readonly #head: RunHead
  #block: RunBlock | undefined
  #i = 0
  #blocks = 0

  constructor(database: Database, run: number, head: RunHead) {
    this.#database = database
    this.#run = run
    this.#head = head
  }

  advance(): boolean | Promise<boolean> {
    const block = this.#block
    if (block === undefined || ++this.#i >= block.count) return this.#nextBlock()
    this.hash = runBlockHash(block, this.#i)
    this.offset = runBlockOffset(block, this.#i)
    return true
  }

  async #nextBlock(): Promise<boolean> {
    if (this.#blocks === this.#head.blocks) return false
    const before = this.#block
    const hash = before?.nextHash ?? this.#head.firstHash
    const offset = before?.nextOffset ?? this.#head.firstOffset
    const key = runBlockKey(this.#run, hash, offset)
    const bytes = await this.#database.get(key)
    const block = bytes === undefined ? undefined : openRunBlock(key, bytes)
    if (block === undefined) throw corrupt(this.#database, this.#head, 'a block is missing or damaged')
    this.#block = block
    this.#blocks++
    this.#i = 0
    this.hash = hash
    this.offset = offset
    return true
  }
}
