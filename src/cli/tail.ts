/** `tail`: messages of several topics as they come, over whichever road the admin goes. */
import type { Admin, MessageRow } from '../admin/admin.ts'
import type { ReceivedMessage } from '../client/received-message.ts'
import type { MessageFilter } from './message-filter.ts'

export interface TailPlan {
  readonly topics: readonly string[]
  readonly tags: string
  readonly filter: MessageFilter
  /** End after so many messages. */
  readonly num: number | undefined
  /** Called with each message, one at a time. */
  readonly show: (message: ReceivedMessage, counter: number) => Promise<void>
  /** Called with what the reader must know: messages that were passed over, a broker that does not answer. */
  readonly warn: (text: string) => void
  readonly signal: AbortSignal
}

/** Resolves when the signal fires or `num` messages were shown. Rejects as Admin.tail does. */
export const tail = async (admin: Admin, plan: TailPlan): Promise<void> => {
  const ending = new AbortController()
  const stop = (): void => ending.abort()
  if (plan.signal.aborted) stop()
  plan.signal.addEventListener('abort', stop, { once: true })
  let shown = 0
  let line: Promise<void> = Promise.resolve()
  const show = (message: ReceivedMessage): Promise<void> => {
    line = line.then(async () => {
      if (ending.signal.aborted) return
      await plan.show(message, shown++)
      if (shown === plan.num) stop()
    })
    return line
  }
  const follow = async (topic: string): Promise<void> => {
    for await (const event of admin.tail({ topic, tags: plan.tags, signal: ending.signal })) {
      if (event.event === 'warning') plan.warn(event.data.text)
      else if (event.event === 'dropped') plan.warn(`${event.data.count} messages of ${topic} were passed over`)
      else if (event.event === 'message') {
        const message = messageOfRow(event.data)
        if (plan.filter(message)) await show(message)
      }
      if (ending.signal.aborted) return
    }
  }
  try {
    await Promise.all(plan.topics.map(follow))
  } finally {
    stop()
    plan.signal.removeEventListener('abort', stop)
  }
}

/** A row as the message that it was made of; its user flag is not in rows. */
export const messageOfRow = (row: MessageRow): ReceivedMessage => {
  const { topic, brokerName, queueId, queueOffset, physicalOffset, messageId, offsetMessageId } = row
  return {
    topic,
    brokerName,
    queueId,
    queueOffset,
    physicalOffset,
    messageId,
    offsetMessageId,
    body: Buffer.from(row.body, row.bodyEncoding),
    properties: new Map(Object.entries(row.properties)),
    flag: 0,
    sysFlag: row.sysFlag,
    bornTimestamp: row.bornMs,
    storeTimestamp: row.storedMs,
    bornHost: row.bornHost,
    storeHost: row.storeHost,
    reconsumeTimes: row.reconsumeTimes,
    storeSize: row.storeSize
  }
}
