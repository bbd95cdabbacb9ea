/** Look-ups by key: candidates from the index, newest segment first, compared with the messages themselves. */
import { MqError } from '../kit/errors.ts'
import {
  physicalOffsetAt,
  propertiesEnd,
  propertiesStart,
  storeTimestampAt,
  topicAt
} from '../protocol/message-fields.ts'
import type { KeyQuery, KeyQueryResult } from './contract.ts'
import type { KeyIndex } from './key-index.ts'
import { hasKey, keyHash } from './message-keys.ts'
import type { QueueTable } from './queue-table.ts'
import type { Segments } from './segments.ts'

const candidatesAtOnce = 256

export interface KeyQueryParts {
  readonly segments: Segments
  readonly index: KeyIndex
  readonly table: QueueTable
  /** End of what may be read. */
  readonly readableEnd: () => number
  readonly messageAt: (offset: number) => Promise<Buffer | undefined>
}

const matches = (message: Buffer, query: KeyQuery): boolean => {
  const time = storeTimestampAt(message, 0)
  return (
    time >= query.beginMs &&
    time <= query.endMs &&
    topicAt(message, 0) === query.topic &&
    hasKey(message.subarray(propertiesStart(message, 0), propertiesEnd(message, 0)), query.kind, query.key)
  )
}

/** Newest first. The message that fills the answer sets where the next page begins. */
export const queryKeys = async (
  parts: KeyQueryParts,
  query: KeyQuery
): Promise<Pick<KeyQueryResult, 'messages' | 'next'>> => {
  const { segments, index, table } = parts
  const hash = keyHash(query.topic, query.kind, query.key)
  const since = table.generations.get(query.topic)?.since ?? 0
  const messages: Buffer[] = []
  let before = Math.min(query.before ?? Number.MAX_SAFE_INTEGER, parts.readableEnd())
  for (const segment of [...segments.list].reverse()) {
    if (segment.start >= before) continue
    if (segment.end <= since || (segment.lastStoreTime > 0 && segment.lastStoreTime < query.beginMs)) break
    for (;;) {
      const found = await segments.use(segment, async databases => {
        if (!index.knows(segment) && !(await index.load(segment, databases.index))) {
          index.forget(segment)
          const text = `the key index of commit log offsets ${segment.start} to ${segment.end} is damaged`
          throw new MqError('MQ_STORE_CORRUPT', text)
        }
        return index.search(segment, databases.index, hash, before, candidatesAtOnce)
      })
      for (const offset of found) {
        before = offset
        const message = offset < since ? undefined : await parts.messageAt(offset)
        if (message === undefined || !matches(message, query)) continue
        messages.push(message)
        if (messages.length >= query.messagesMax) return { messages, next: physicalOffsetAt(message, 0) }
      }
      if (found.length < candidatesAtOnce) break
    }
  }
  return { messages, next: undefined }
}
