/**
 * Group commit: what is appended while one group is being written fills the next one. One group is in flight at a time, so
 * the log can have no hole; a group is one atomic batch of at most 1 MiB and never crosses a segment's end.
 */
import type { ConsumeQueue } from './consume-queue.ts'
import type { PendingAppend } from './contract.ts'
import type { Limiter } from './limiter.ts'

/** Appends that will be written, and acknowledged, together. Arrays are used again. */
export class Group {
  number = 0
  /** Physical range. */
  start = 0
  end = 0
  bytes = 0
  firstStoreTimestamp = 0
  storeTimestamp = 0
  /** Clock's monotonic time of its first append. */
  openedAt = 0
  /** Whether `done` was called already, with a time-out. */
  answered = false
  readonly pendings: PendingAppend[] = []
  pendingCount = 0
  readonly queues: ConsumeQueue[] = []
  readonly queueEnds: number[] = []
  queueCount = 0
  readonly chunkBuffers: Buffer[] = []
  readonly chunkAts: number[] = []
  readonly chunkLengths: number[] = []
  readonly chunkStarts: number[] = []
  chunkCount = 0

  begin(number: number, start: number): void {
    this.number = number
    this.start = start
    this.end = start
    this.bytes = 0
    this.firstStoreTimestamp = 0
    this.answered = false
    this.pendingCount = 0
    this.queueCount = 0
    this.chunkCount = 0
  }

  /** The queue has been extended to `queue.next` by this append. */
  add(queue: ConsumeQueue, pending: PendingAppend, size: number): void {
    this.pendings[this.pendingCount++] = pending
    this.bytes += size
    if (queue.group !== this.number) {
      queue.group = this.number
      queue.groupIndex = this.queueCount
      this.queues[this.queueCount++] = queue
    }
    this.queueEnds[queue.groupIndex] = queue.next
  }

  addChunk(buffer: Buffer, at: number, length: number, start: number): void {
    const i = this.chunkCount++
    this.chunkBuffers[i] = buffer
    this.chunkAts[i] = at
    this.chunkLengths[i] = length
    this.chunkStarts[i] = start
  }

  /** Lets go of what the group refers to, so that it can wait for its next use. */
  clear(): void {
    // Short arrays are used again as they are; what a burst made long is not kept.
    for (const list of [this.pendings, this.queues, this.chunkBuffers]) if (list.length > 4096) list.length = 0
    this.pendingCount = 0
    this.queueCount = 0
    this.chunkCount = 0
  }
}

export interface GroupWriter {
  /** Ends the group that is being filled and gives it up; undefined when it is empty. */
  takeFilling(): Group | undefined
  /** Writes one group; resolves when the disk has confirmed it. */
  write(group: Group): Promise<void>
  /** The group is confirmed. */
  confirmed(group: Group): void
  /** The group's write failed. Nothing is written until `resume`. */
  failed(group: Group, error: unknown): void
}

export class GroupCommit {
  readonly #writer: GroupWriter
  readonly #limiter: Limiter
  /** Full groups that wait for the one in flight, oldest first. */
  #waiting: Group[] = []
  #inFlight: Group | undefined
  #scheduled = false
  #stopped = false
  #idleWaiters: (() => void)[] = []

  constructor(writer: GroupWriter, limiter: Limiter) {
    this.#writer = writer
    this.#limiter = limiter
  }

  get inFlight(): Group | undefined {
    return this.#inFlight
  }
  get waiting(): readonly Group[] {
    return this.#waiting
  }

  /** A message came: commit at the end of this turn of the event loop, unless a group is in flight. */
  schedule(): void {
    if (this.#scheduled || this.#inFlight !== undefined || this.#stopped) return
    this.#scheduled = true
    this.#limiter.hold()
    setImmediate(this.#turn)
  }

  readonly #turn = (): void => {
    this.#scheduled = false
    this.#pump()
  }

  /** A full group joins the line. */
  enqueue(group: Group): void {
    this.#waiting.push(group)
    this.schedule()
  }

  #pump(): void {
    if (this.#inFlight !== undefined || this.#stopped) return
    const group = this.#waiting.shift() ?? this.#writer.takeFilling()
    if (group === undefined) {
      this.#limiter.letGo()
      for (const resolve of this.#idleWaiters.splice(0)) resolve()
      return
    }
    this.#inFlight = group
    this.#limiter.hold()
    this.#writer.write(group).then(
      () => {
        this.#inFlight = undefined
        this.#limiter.letGo()
        this.#writer.confirmed(group)
        this.#pump()
      },
      error => {
        this.#inFlight = undefined
        this.#limiter.letGo()
        this.#stopped = true
        this.#writer.failed(group, error)
      }
    )
  }

  /** Resolves when nothing waits and nothing is in flight; also after an error. */
  idle(): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    return new Promise(resolve => {
      this.#idleWaiters.push(resolve)
      this.#pump()
    })
  }

  /** Takes away all that waits: the store is under repair. */
  drain(): Group[] {
    const groups = this.#waiting
    this.#waiting = []
    for (const resolve of this.#idleWaiters.splice(0)) resolve()
    return groups
  }

  resume(): void {
    this.#stopped = false
    this.#pump()
  }
}
