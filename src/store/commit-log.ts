/**
 * The write end of the commit log: turns appends into chunks and groups, rolls at segment ends as Apache's files do, and
 * writes one group after the other. Physical offsets are those that Apache would give to the same messages.
 */
import { messageMagic } from '../protocol/message-fields.ts'
import { chunkHeaderBytes, sealChunk } from './chunk.ts'
import { Group, GroupCommit, type GroupWriter } from './group-commit.ts'
import { offsetKey } from './keys.ts'
import type { Limiter } from './limiter.ts'
import { chunkBytesMax, type StoreSettings } from './options.ts'
import type { Segment } from './segment.ts'
import type { Slab, SlabRing } from './slab.ts'

/** What a segment keeps free at its end: size and magic of the BLANK record. */
export const blankBytes = 8

export interface CommitLogParts {
  readonly settings: StoreSettings
  readonly segmentBytes: number
  readonly ring: SlabRing
  readonly limiter: Limiter
  /** The segment that begins at an offset; waits until it is made. */
  readonly segmentAt: (start: number) => Segment | Promise<Segment>
  /** The log has just moved on to the segment that begins at `start`. */
  readonly onRoll: (start: number) => void
  readonly onConfirmed: (group: Group) => void
  readonly onFailed: (group: Group, error: unknown) => void
  /** Clock's monotonic time. */
  readonly monotonic: () => number
}

export class CommitLog implements GroupWriter {
  readonly commit: GroupCommit
  readonly #parts: CommitLogParts
  readonly #sync: boolean
  readonly #spare: Group[] = []
  #groups = 0
  #filling: Group
  #segmentEnd = 0
  #slab: Slab | undefined
  /** Header position of the chunk that is being filled; -1 when none is. */
  #chunkAt = -1
  #chunkStart = 0
  #chunkMessages = 0
  #previousChunk = 0
  /** Physical offset of the next message. */
  position = 0
  /** The last message's; never decreases. */
  storeTimestamp = 0
  /** Bytes that are not confirmed. */
  pendingBytes = 0

  constructor(parts: CommitLogParts) {
    this.#parts = parts
    this.#sync = parts.settings.flushDiskType === 'SYNC_FLUSH'
    this.commit = new GroupCommit(this, parts.limiter)
    this.#filling = this.#newGroup()
  }

  /** Sets the end of the log, after recovery or repair. */
  startAt(position: number, previousChunk: number, storeTimestamp: number): void {
    this.position = position
    this.#segmentEnd = (Math.floor(position / this.#parts.segmentBytes) + 1) * this.#parts.segmentBytes
    this.#previousChunk = position % this.#parts.segmentBytes === 0 ? position : previousChunk
    this.storeTimestamp = Math.max(this.storeTimestamp, storeTimestamp)
    this.#slab = undefined
    this.#chunkAt = -1
    this.#parts.ring.committed = position
    this.#filling = this.#newGroup()
    this.pendingBytes = 0
  }

  #newGroup(): Group {
    const group = this.#spare.pop() ?? new Group()
    group.begin(++this.#groups, this.position)
    return group
  }

  /** The group that the next append belongs to. */
  get filling(): Group {
    return this.#filling
  }
  /** The buffer that `reserve` made room in. */
  get buffer(): Buffer {
    return this.#slab!.buffer
  }
  /** How far the next message starts behind its chunk's start. */
  get distance(): number {
    return this.position - this.#chunkStart
  }

  /** Makes room for a message at `position`; returns where in `buffer` it goes. */
  reserve(size: number): number {
    if (this.position + size + blankBytes > this.#segmentEnd) this.#roll()
    if (this.#filling.bytes > 0 && this.#filling.bytes + size > this.#parts.settings.groupBytesMax) {
      const full = this.takeFilling()
      if (full !== undefined) this.commit.enqueue(full)
    }
    if (this.#chunkAt >= 0) {
      const slab = this.#slab!
      const length = slab.used - this.#chunkAt - chunkHeaderBytes
      if (length + size > chunkBytesMax || slab.used + size > slab.buffer.length) this.#endChunk(false)
    }
    if (this.#chunkAt < 0) this.#beginChunk(size)
    return this.#slab!.used
  }

  /** The message that was reserved stands in the buffer. */
  advance(size: number): void {
    this.#slab!.used += size
    this.#chunkMessages++
    this.position += size
    this.pendingBytes += size
    const group = this.#filling
    if (group.firstStoreTimestamp === 0) {
      group.firstStoreTimestamp = this.storeTimestamp
      group.openedAt = this.#parts.monotonic()
    }
    group.storeTimestamp = this.storeTimestamp
  }

  #beginChunk(size: number): void {
    let slab = this.#slab
    if (slab === undefined || slab.used + chunkHeaderBytes + size > slab.buffer.length) {
      slab = this.#parts.ring.next(chunkHeaderBytes + size)
      this.#slab = slab
    }
    this.#chunkAt = slab.used
    this.#chunkStart = this.position
    this.#chunkMessages = 0
    slab.used += chunkHeaderBytes
  }

  #endChunk(blank: boolean): void {
    if (this.#chunkAt < 0) return
    const slab = this.#slab!
    const length = slab.used - this.#chunkAt
    sealChunk(slab.buffer, this.#chunkAt, length, this.#chunkStart, {
      messageCount: this.#chunkMessages,
      previousStart: this.#previousChunk,
      blank
    })
    slab.addChunk(this.#chunkStart, this.#chunkAt, this.position - this.#chunkStart)
    this.#filling.addChunk(slab.buffer, this.#chunkAt, length, this.#chunkStart)
    this.#previousChunk = this.#chunkStart
    this.#chunkAt = -1
  }

  /** Fills the segment with a BLANK record, as Apache does, and goes on in the next one. */
  #roll(): void {
    this.#endChunk(false)
    const remaining = this.#segmentEnd - this.position
    this.#beginChunk(blankBytes)
    const slab = this.#slab!
    slab.buffer.writeUInt32BE(remaining, slab.used)
    slab.buffer.writeInt32BE(messageMagic.blank, slab.used + 4)
    slab.used += blankBytes
    this.position = this.#segmentEnd
    this.#endChunk(true)
    const full = this.takeFilling()
    if (full !== undefined) this.commit.enqueue(full)
    this.#previousChunk = this.position
    this.#segmentEnd += this.#parts.segmentBytes
    this.#parts.onRoll(this.position)
  }

  takeFilling(): Group | undefined {
    this.#endChunk(false)
    const group = this.#filling
    if (group.chunkCount === 0) return undefined
    group.end = this.position
    this.#filling = this.#newGroup()
    return group
  }

  async write(group: Group): Promise<void> {
    const found = this.#parts.segmentAt(group.start)
    const segment = found instanceof Promise ? await found : found
    const batch = segment.databases!.commitlog.batch()
    for (let i = 0; i < group.chunkCount; i++) {
      const at = group.chunkAts[i]!
      batch.put(offsetKey(group.chunkStarts[i]!), group.chunkBuffers[i]!.subarray(at, at + group.chunkLengths[i]!))
    }
    await batch.write({ sync: this.#sync })
    if (segment.firstStoreTime === 0) segment.firstStoreTime = group.firstStoreTimestamp
    if (group.pendingCount > 0) segment.lastStoreTime = group.storeTimestamp
  }

  confirmed(group: Group): void {
    this.#parts.ring.committed = group.end
    this.pendingBytes -= group.bytes
    this.#parts.onConfirmed(group)
    group.clear()
    if (this.#spare.length < 4) this.#spare.push(group)
  }

  failed(group: Group, error: unknown): void {
    this.#parts.onFailed(group, error)
  }
}
