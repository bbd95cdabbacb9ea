/** What clients wrote down of messages, out of the topic that they send it to. Java: MQAdmin queryMsgTraceById. */
import type { Session } from '../client/session.ts'
import { systemTopics } from '../protocol/topic-names.ts'
import type { MessageRow } from './admin.ts'
import type { MessageTrace, TraceListWish, TracePage, TraceRow, TraceWish } from './message-acts.ts'
import { messagesByKey } from './messages-by-key.ts'
import { messagesByTime } from './messages-by-time.ts'
import { traceRows } from './trace-rows.ts'

const rowsOf = ({ body, bodyEncoding }: MessageRow): TraceRow[] => traceRows(Buffer.from(body, bodyEncoding).toString())

/** Clients put the ids and keys of the messages into the keys of the trace's own message. */
export const messageTrace = async (session: Session, wish: TraceWish): Promise<MessageTrace> => {
  const { key, traceTopic = systemTopics.trace, fromMs, toMs, limit } = wish
  const found = await messagesByKey(session, { topic: traceTopic, key, fromMs, toMs, limit })
  const items = found.items
    .flatMap(rowsOf)
    .filter(row => row.messageId === key || (row.keys ?? '').split(' ').includes(key))
    .sort((left, right) => (left.atMs ?? 0) - (right.atMs ?? 0))
  return { key, traceTopic, items, truncated: found.truncated, warnings: found.warnings }
}

export const traces = async (session: Session, wish: TraceListWish): Promise<TracePage> => {
  const { traceTopic = systemTopics.trace, fromMs, toMs, limit, cursor } = wish
  const page = await messagesByTime(session, { topic: traceTopic, fromMs, toMs, limit, cursor })
  return { ...page, items: page.items.flatMap(rowsOf) }
}
