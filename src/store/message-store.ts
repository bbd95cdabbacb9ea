/**
 * The message store on LevelDB: puts the parts together and answers the contract. How data lies on disk and what is promised
 * when is told in docs/storage.md.
 */
import type { Timer } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { messageSize, writeMessage } from '../protocol/message.ts'
import { Acknowledge } from './acknowledge.ts'
import { blankBytes, CommitLog } from './commit-log.ts'
import type {
  HotStoreSettings,
  KeyQuery,
  KeyQueryResult,
  MessageDraft,
  MessageStore,
  Meta,
  PendingAppend,
  Place,
  QueueEntry,
  QueueView,
  ReadableListener,
  ReadLimits,
  ReadResult,
  StoreStats
} from './contract.ts'
import { DiskGuard } from './disk-guard.ts'
import { busy, draftFault, leaving, refuse } from './draft-check.ts'
import { Durability } from './durability.ts'
import { isDiskFull } from './durable-files.ts'
import type { Group } from './group-commit.ts'
import { queryKeys } from './key-query.ts'
import { changeSettings, type StoreOptions, storeSettings } from './options.ts'
import { noQueue } from './queue-reader.ts'
import { Scrubber } from './scrubber.ts'
import type { Segment } from './segment.ts'
import { openWithBallast, type StoreParts, type StoreTools } from './store-parts.ts'
import { readStats } from './store-stats.ts'
import { StoreUpkeep } from './store-upkeep.ts'
import { WriteRepair } from './write-repair.ts'

/**
 * Opens the store, or makes it. Errors: MQ_STORE_LOCKED, MQ_STORE_CORRUPT, MQ_STORE_FORMAT, MQ_CONFIG_INVALID, MQ_DISK_FULL.
 */
export const openStore = async (options: StoreOptions, tools: StoreTools): Promise<MessageStore> => {
  const settings = storeSettings(options)
  const began = tools.clock.monotonic()
  const parts = await openWithBallast(settings, tools)
  const store = new LevelStore(parts, tools)
  await store.start()
  const { position, replayed, dropped } = parts.end
  const ms = Math.round(tools.clock.monotonic() - began)
  tools.log.info({ dir: settings.dir, position, replayed, dropped, ms }, 'store opened')
  return store
}

const closedError = new MqError('MQ_STORE_UNAVAILABLE', 'the store is closed')

class LevelStore implements MessageStore {
  readonly #parts: StoreParts
  readonly #tools: StoreTools
  readonly #log: CommitLog
  readonly #durability: Durability
  readonly #disk: DiskGuard
  readonly #upkeep: StoreUpkeep
  readonly #repair: WriteRepair
  readonly #scrubber: Scrubber
  readonly #timers: Timer[] = []
  readonly #acknowledge: Acknowledge
  readonly #confirmWaiters: { readonly end: number; readonly resolve: () => void }[] = []
  /** Repair or close; the disk's refusal is the guard's. */
  #refusal: MqError | undefined
  #repairing: Promise<void> | undefined
  #appendedMessages = 0
  #appendedBytes = 0
  #groups = 0
  #closing: Promise<void> | undefined

  constructor(parts: StoreParts, tools: StoreTools) {
    const { settings, segments, ring, limiter, end } = parts
    this.#parts = parts
    this.#tools = tools
    this.#disk = new DiskGuard(settings, limiter, tools.log)
    const storeTimestamp = (): number => this.#log.storeTimestamp
    this.#durability = new Durability({ ...parts, storeTimestamp, log: tools.log }, end.position)
    this.#upkeep = new StoreUpkeep(parts, this.#disk, tools)
    this.#acknowledge = new Acknowledge(parts.queueFlush, tools.log)
    this.#repair = new WriteRepair(parts, this.#disk, tools.clock, tools.log)
    this.#scrubber = new Scrubber(parts, tools)
    this.#log = new CommitLog({
      settings,
      segmentBytes: segments.segmentBytes,
      ring,
      limiter,
      segmentAt: start => this.#segmentAt(start),
      onRoll: start => this.#onRoll(start),
      onConfirmed: group => this.#onConfirmed(group),
      onFailed: (group, error) => this.#onFailed(group, error),
      monotonic: () => tools.clock.monotonic()
    })
    this.#log.startAt(end.position, end.previousChunk, end.storeTimestamp)
  }

  async start(): Promise<void> {
    const { settings, checkpoint } = this.#parts
    const { clock } = this.#tools
    // Nothing below the recovered end may be taken for durable until a barrier has made it so.
    this.#durability.flushedEnd = checkpoint.values?.logEnd ?? 0
    await this.#durability.barrier()
    await this.#disk.check()
    const every = (ms: number, what: string, job: () => Promise<void>): void => {
      this.#timers.push(clock.every(ms, this.#upkeep.once(what, job)))
    }
    every(settings.flushIntervalCommitLog, 'flush', () => this.#durability.barrier())
    every(settings.derivedFlushMs, 'consume queue and index flush', async () => {
      await this.#durability.derive()
      this.#upkeep.shrinkTails()
    })
    every(settings.diskCheckMs, 'look at the disk', async () => {
      await this.#disk.check()
      await this.#disk.ensureBallast()
    })
    every(settings.cleanResourceInterval, 'retention', async () => {
      await this.#upkeep.clean({ always: false })
    })
    if (settings.flushDiskType === 'SYNC_FLUSH') {
      this.#timers.push(
        clock.every(250, () => this.#acknowledge.late(this.#log, clock.monotonic(), settings.syncFlushTimeout))
      )
    }
    this.#scrubber.start()
    this.#upkeep.once('consume queue and index flush', () => this.#durability.derive())()
    this.#upkeep.once('ballast', () => this.#disk.ensureBallast())()
  }

  get meta(): Meta {
    return this.#parts.meta
  }
  get refusal(): MqError | undefined {
    return this.#refusal ?? this.#disk.refusal
  }
  get writable(): boolean {
    return this.refusal === undefined
  }
  get pendingBytes(): number {
    return this.#log.pendingBytes
  }

  append(draft: MessageDraft, pending: PendingAppend): void {
    const { table, settings, ring, index, segmentBytes } = this.#parts
    const log = this.#log
    const size = messageSize(draft, settings.storeHost.length)
    const refusal =
      this.#refusal ??
      this.#disk.refusal ??
      draftFault(draft, size + blankBytes, segmentBytes, settings.messageBytesMax) ??
      (log.pendingBytes > settings.pendingBytesMax ? busy() : undefined)
    if (refusal !== undefined) {
      refuse(pending, refusal)
      return
    }
    const queue = table.ensure(draft.topic, draft.queueId)
    if (queue.parent.leaving) {
      refuse(pending, leaving(draft.topic))
      return
    }
    const at = log.reserve(size)
    const now = this.#tools.clock.now()
    if (now > log.storeTimestamp) log.storeTimestamp = now
    const physical = log.position
    const time = log.storeTimestamp
    writeMessage(log.buffer, at, draft, queue.next, physical, time, settings.storeHost)
    pending.queueOffset = queue.next
    pending.physicalOffset = physical
    pending.size = size
    pending.storeTimestamp = time
    index.add(queue.parent, Math.floor(physical / segmentBytes) * segmentBytes, physical, size, draft.properties)
    queue.push(physical, size, log.distance, draft.tagsCode, time, ring.oldest)
    log.advance(size)
    log.filling.add(queue, pending, size)
    log.commit.schedule()
  }

  put(draft: MessageDraft): Promise<Place> {
    return new Promise((resolve, reject) => {
      const place = {
        queueOffset: -1,
        physicalOffset: -1,
        size: 0,
        storeTimestamp: 0,
        done(error: MqError | undefined): void {
          if (error === undefined) resolve(place)
          else reject(error)
        }
      }
      this.append(draft, place)
    })
  }

  /** The segment that a group goes to; made ahead of need, so that this rarely waits. */
  #segmentAt(start: number): Segment | Promise<Segment> {
    const { segments } = this.#parts
    const segment = segments.at(start)
    if (segment?.databases === undefined) return this.#upkeep.prepare(segments.startOf(start))
    if (start - segment.start > segments.segmentBytes / 2 && segments.after(segment) === undefined) {
      this.#upkeep.prepareAhead(segment.end)
    }
    return segment
  }

  #onRoll(start: number): void {
    const { starts, settings } = this.#parts
    starts.roll(start)
    this.#upkeep.prepareAhead(start)
    void settings.seams.at?.('rolled')
  }

  #onConfirmed(group: Group): void {
    this.#groups++
    if (this.#parts.settings.flushDiskType === 'SYNC_FLUSH') this.#durability.synced(group.end)
    this.#appendedMessages += group.pendingCount
    this.#appendedBytes += group.bytes
    this.#disk.spend(group.bytes)
    this.#acknowledge.confirmed(group)
    while (this.#confirmWaiters.length > 0 && this.#confirmWaiters[0]!.end <= group.end) {
      this.#confirmWaiters.shift()!.resolve()
    }
  }

  #onFailed(group: Group, cause: unknown): void {
    const text = `the commit log could not be written: ${errorText(cause)}; the message may or may not be stored`
    this.#refusal = new MqError(isDiskFull(cause) ? 'MQ_DISK_FULL' : 'MQ_STORE_UNAVAILABLE', text, { cause })
    const filling = this.#log.takeFilling()
    const lost = [group, ...this.#log.commit.drain(), ...(filling === undefined ? [] : [filling])]
    for (const failed of lost) this.#acknowledge.failed(failed, this.#refusal)
    this.#log.pendingBytes = 0
    for (const waiter of this.#confirmWaiters.splice(0)) waiter.resolve()
    this.#repairing = this.#goOn(cause).finally(() => {
      this.#repairing = undefined
    })
  }

  async #goOn(cause: unknown): Promise<void> {
    const { table } = this.#parts
    const before = new Map([...table.all()].map(queue => [queue, queue.maxOffset]))
    try {
      const end = await this.#repair.run(cause)
      if (end === undefined) return
      this.#log.startAt(end.position, end.previousChunk, end.storeTimestamp)
      if (this.#closing === undefined) this.#refusal = undefined
      this.#log.commit.resume()
      for (const queue of table.all()) this.#acknowledge.announce(queue, before.get(queue) ?? 0)
    } catch (error) {
      this.#refusal = error instanceof MqError ? error : new MqError('MQ_STORE_UNAVAILABLE', errorText(error))
      this.#tools.log.error({ error: errorText(error) }, 'the store cannot go on after a failed write')
    }
  }

  queue(topic: string, queueId: number): QueueView | undefined {
    return this.#parts.table.find(topic, queueId)
  }
  minOffset(topic: string, queueId: number): number {
    return this.#parts.table.find(topic, queueId)?.minOffset ?? 0
  }
  maxOffset(topic: string, queueId: number): number {
    return this.#parts.table.find(topic, queueId)?.maxOffset ?? 0
  }

  read(topic: string, queueId: number, queueOffset: number, limits: ReadLimits): ReadResult | Promise<ReadResult> {
    const queue = this.#parts.table.find(topic, queueId)
    return queue === undefined ? noQueue : this.#parts.queueReader.read(queue, queueOffset, limits)
  }

  isRecent(topic: string, queueId: number, queueOffset: number): boolean {
    const queue = this.#parts.table.find(topic, queueId)
    return queue !== undefined && this.#parts.queueReader.isRecent(queue, queueOffset)
  }

  async messageAt(physicalOffset: number): Promise<Buffer | undefined> {
    const { ring, segments, logReader } = this.#parts
    const known = physicalOffset >= segments.first.start && physicalOffset < ring.committed
    if (!known || !Number.isSafeInteger(physicalOffset)) return undefined
    const message = await logReader.messageAt(physicalOffset)
    return message === undefined ? undefined : Buffer.from(message)
  }

  async offsetByTime(
    topic: string,
    queueId: number,
    timestampMs: number,
    boundary: 'LOWER' | 'UPPER'
  ): Promise<number> {
    const queue = this.#parts.table.find(topic, queueId)
    return queue === undefined ? 0 : this.#parts.queueReader.offsetByTime(queue, timestampMs, boundary)
  }

  async storeTimeAt(topic: string, queueId: number, queueOffset: number): Promise<number | undefined> {
    const queue = this.#parts.table.find(topic, queueId)
    if (queue === undefined || queueOffset < queue.minOffset || queueOffset >= queue.maxOffset) return undefined
    return this.#parts.queueReader.storeTimeAt(queue, queueOffset)
  }

  async entries(topic: string, queueId: number, from: number, count: number): Promise<readonly QueueEntry[]> {
    const queue = this.#parts.table.find(topic, queueId)
    return queue === undefined ? [] : this.#parts.queueReader.entries(queue, from, count)
  }

  async query(query: KeyQuery): Promise<KeyQueryResult> {
    const { ring } = this.#parts
    const found = await queryKeys(
      { ...this.#parts, readableEnd: () => ring.committed, messageAt: offset => this.messageAt(offset) },
      query
    )
    return { ...found, lastStoreTimestamp: this.#log.storeTimestamp, lastPhysicalOffset: ring.committed }
  }

  topics(): readonly string[] {
    return [...this.#parts.table.topics()]
  }

  async deleteTopic(topic: string): Promise<void> {
    const { table, meta } = this.#parts
    const parent = table.topic(topic)
    if (parent === undefined || parent.leaving) return
    parent.leaving = true
    // Everything of this topic that is below belongs to the past; nothing is appended to it until that is durable.
    const row = { generation: parent.generation + 1, since: this.#log.position }
    try {
      await meta.change([{ table: 'generation', key: topic, value: JSON.stringify(row) }])
    } finally {
      parent.leaving = false
    }
    table.generations.set(topic, row)
    table.remove(topic)
  }

  onReadable(listener: ReadableListener): void {
    this.#acknowledge.listen(listener)
  }

  async flush(): Promise<void> {
    const target = this.#log.position
    const { ring } = this.#parts
    if (ring.committed < target && this.#repairing === undefined) {
      await new Promise<void>(resolve => {
        this.#confirmWaiters.push({ end: target, resolve })
        this.#log.commit.schedule()
      })
    }
    if (ring.committed < target) throw this.#refusal ?? closedError
    await this.#durability.barrier()
  }

  async clean(): Promise<number> {
    await this.#disk.check()
    await this.#durability.barrier()
    await this.#durability.derive()
    return this.#upkeep.clean({ always: true })
  }

  stats(): StoreStats {
    return {
      ...readStats(this.#parts, this.#durability, this.#disk),
      appendedMessages: this.#appendedMessages,
      appendedBytes: this.#appendedBytes,
      groupsCommitted: this.#groups
    }
  }

  configure(changes: Partial<HotStoreSettings>): void {
    changeSettings(this.#parts.settings, changes)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const { segments, meta, checkpoint } = this.#parts
    const wasWhole = this.#refusal === undefined
    this.#refusal ??= closedError
    if (wasWhole) await this.#log.commit.idle()
    for (const timer of this.#timers) timer.cancel()
    this.#repair.stop()
    this.#disk.close()
    await this.#scrubber.stop()
    await this.#repairing
    await this.#upkeep.settled()
    try {
      if (wasWhole) await this.#durability.finish()
    } finally {
      await segments.close()
      await checkpoint.close()
      await meta.close()
    }
  }
}
