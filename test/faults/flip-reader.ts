/**
 * A process that opens damaged stores, one after the other, and reads everything that should be there. Its parent sends
 * `{ dir, truth }` and gets a report; when the process dies instead, the parent knows which store it was.
 */
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { systemClock } from '../../src/kit/clock.ts'
import { MqError } from '../../src/kit/errors.ts'
import type { MessageStore } from '../../src/store/contract.ts'
import { openStore } from '../../src/store/message-store.ts'
import type { StoreOptions } from '../../src/store/options.ts'
import { rawMessages } from '../support/raw-message.ts'
import { keyOf, metaRows, queueCount, topic } from './traffic.ts'

/** Of an undamaged store: for each queue, for each offset. */
export interface Truth {
  readonly queues: readonly (readonly {
    readonly id: string
    readonly crc: number
    readonly physicalOffset: number
  }[])[]
}

export interface FlipReport {
  /** Reads that gave something else than what was written, or nothing, without an error. */
  readonly wrong: string[]
  /** Errors that a caller got. */
  readonly errors: string[]
  readonly opened: boolean
  readonly readsRight: number
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const report = { wrong: [] as string[], errors: [] as string[], opened: false, readsRight: 0 }

/** An error is an answer only when it says what is affected. */
const note = (where: string, error: unknown): void => {
  const text = error instanceof Error ? error.message : String(error)
  if (!(error instanceof MqError)) report.wrong.push(`${where}: an error without a code: ${text}`)
  else if (!/\d|\//.test(text)) report.wrong.push(`${where}: an error that names no range: ${text}`)
  else report.errors.push(`${error.code} ${text}`)
}

const checkQueue = async (store: MessageStore, queueId: number, expected: Truth['queues'][number]): Promise<void> => {
  const min = store.minOffset(topic, queueId)
  const max = store.maxOffset(topic, queueId)
  if (min !== 0) report.wrong.push(`queue ${queueId} begins at ${min}`)
  if (max !== expected.length) report.wrong.push(`queue ${queueId} ends at ${max} instead of ${expected.length}`)
  let offset = min
  let size = 64
  let inARow = 0
  while (offset < Math.min(max, expected.length)) {
    try {
      const result = await store.read(topic, queueId, offset, { messagesMax: size, bytesMax: 1 << 20 })
      if (result.status !== 'FOUND') {
        report.wrong.push(`queue ${queueId}@${offset}: ${result.status}`)
        offset++
        continue
      }
      let at = 0
      for (const message of rawMessages(result.messages)) {
        const crc = crc32(result.messages.subarray(at, at + message.size))
        at += message.size
        if (message.queueOffset !== offset || crc !== expected[offset]?.crc) {
          report.wrong.push(`queue ${queueId}@${offset}: another message (${message.queueOffset})`)
        } else report.readsRight++
        offset++
      }
      size = 64
      inARow = 0
    } catch (error) {
      note(`queue ${queueId}@${offset}`, error)
      // The rest of a batch may be sound: single reads find out, and then go on in batches. Where a whole segment
      // cannot be opened, samples of it are enough.
      if (size > 1) size = 1
      else offset += ++inARow > 8 ? 61 : 1
    }
  }
}

const checkPlaces = async (store: MessageStore, queue: Truth['queues'][number]): Promise<void> => {
  for (let n = 0; n < queue.length; n += 29) {
    const { id, crc, physicalOffset } = queue[n]!
    try {
      const bytes = await store.messageAt(physicalOffset)
      if (bytes === undefined || crc32(bytes) !== crc) report.wrong.push(`id at ${physicalOffset}: not the message`)
      else report.readsRight++
    } catch (error) {
      note(`id at ${physicalOffset}`, error)
    }
    if (n % 58 !== 0) continue
    try {
      const query = { topic, key: keyOf(id), kind: 'K', messagesMax: 4, beginMs: 0, endMs: 9_999_999_999_999 } as const
      const { messages } = await store.query(query)
      if (messages.length !== 1 || crc32(messages[0]!) !== crc) {
        report.wrong.push(`key ${keyOf(id)}: ${messages.length} messages`)
      } else report.readsRight++
    } catch (error) {
      note(`key ${keyOf(id)}`, error)
    }
  }
}

const checkMeta = async (store: MessageStore): Promise<void> => {
  for (const table of ['topic', 'offset'] as const) {
    try {
      const rows = await store.meta.rows(table)
      for (const row of metaRows.filter(change => change.table === table)) {
        if (rows.get(row.key) !== row.value) report.wrong.push(`meta ${table} ${row.key}: ${rows.get(row.key)}`)
      }
    } catch (error) {
      note(`meta ${table}`, error)
    }
  }
}

const readDamaged = async (options: StoreOptions, truth: Truth): Promise<FlipReport> => {
  Object.assign(report, { wrong: [], errors: [], opened: false, readsRight: 0 })
  let store: MessageStore
  try {
    store = await openStore(options, { clock: systemClock, log: quiet })
  } catch (error) {
    note('open', error)
    return { ...report }
  }
  report.opened = true
  for (let queueId = 0; queueId < queueCount; queueId++) {
    await checkQueue(store, queueId, truth.queues[queueId]!)
    await checkPlaces(store, truth.queues[queueId]!)
  }
  await checkMeta(store)
  await store.close().catch(error => note('close', error))
  return { ...report }
}

let truth: Truth | undefined

if (process.send !== undefined) {
  process.on('message', (message: { options: StoreOptions; truthFile: string }) => {
    truth ??= JSON.parse(readFileSync(message.truthFile, 'utf8')) as Truth
    readDamaged(message.options, truth).then(
      result => process.send?.(result),
      error =>
        process.send?.({
          wrong: [`the reader failed: ${String(error?.stack ?? error)}`],
          errors: [],
          opened: true,
          readsRight: 0
        })
    )
  })
}
