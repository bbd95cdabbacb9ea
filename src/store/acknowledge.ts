/**
 * Tells callers and listeners what became of a group of appends. A caller's mistake in an answer must not stop the log.
 */
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { CommitLog } from './commit-log.ts'
import type { ConsumeQueue } from './consume-queue.ts'
import type { PendingAppend, ReadableListener } from './contract.ts'
import type { Group } from './group-commit.ts'
import type { QueueFlush } from './queue-flush.ts'

export class Acknowledge {
  readonly #queueFlush: QueueFlush
  readonly #log: Logger
  readonly #listeners: ReadableListener[] = []
  /** Where the queues of the group under way ended before it. */
  readonly #froms: number[] = []

  constructor(queueFlush: QueueFlush, log: Logger) {
    this.#queueFlush = queueFlush
    this.#log = log
  }

  listen(listener: ReadableListener): void {
    this.#listeners.push(listener)
  }

  /** The group's messages become readable, then its callers are answered, then listeners hear of it. */
  confirmed(group: Group): void {
    const froms = this.#froms
    for (let i = 0; i < group.queueCount; i++) {
      const queue = group.queues[i]!
      froms[i] = queue.maxOffset
      if (queue.deleted) continue
      queue.maxOffset = group.queueEnds[i]!
      this.#queueFlush.touch(queue)
    }
    if (!group.answered) this.#answerAll(group, undefined)
    for (let i = 0; i < group.queueCount; i++) this.announce(group.queues[i]!, froms[i]!)
  }

  failed(group: Group, error: MqError): void {
    if (!group.answered) this.#answerAll(group, error)
    group.clear()
  }

  /** The queue may have grown from an offset on. */
  announce(queue: ConsumeQueue, from: number): void {
    if (queue.deleted || queue.maxOffset <= from) return
    for (const listener of this.#listeners) {
      try {
        listener(queue, from, queue.maxOffset)
      } catch (error) {
        this.#log.error({ error: errorText(error) }, 'a listener for new messages failed')
      }
    }
  }

  /** SYNC_FLUSH: a disk that stalls is told after the time-out; the messages are stored, and become readable later. */
  late(log: CommitLog, nowMs: number, timeoutMs: number): void {
    const { filling, commit } = log
    if (filling.pendingCount > 0 && nowMs - filling.openedAt >= timeoutMs) {
      // Nothing may join a group that is answered already.
      const group = log.takeFilling()
      if (group !== undefined) commit.enqueue(group)
    }
    const { inFlight, waiting } = commit
    for (const group of inFlight === undefined ? waiting : [inFlight, ...waiting]) {
      if (group.answered || nowMs - group.openedAt < timeoutMs) continue
      group.answered = true
      const text = `the disk did not confirm within syncFlushTimeout (${timeoutMs} ms); the message is stored`
      const { FLUSH_DISK_TIMEOUT } = responseCodes
      this.#answerAll(group, new MqError('MQ_FLUSH_TIMEOUT', text, { responseCode: FLUSH_DISK_TIMEOUT }))
    }
  }

  #answerAll(group: Group, error: MqError | undefined): void {
    for (let i = 0; i < group.pendingCount; i++) this.#answer(group.pendings[i]!, error)
  }

  #answer(pending: PendingAppend, error: MqError | undefined): void {
    try {
      pending.done(error)
    } catch (fault) {
      this.#log.error({ error: errorText(fault) }, 'the answer to an append failed')
    }
  }
}
