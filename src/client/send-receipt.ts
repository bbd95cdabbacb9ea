/** The header of a send, and what its answer says. Java: SendMessageRequestHeaderV2, SendResult. */
import type { Clock } from '../kit/clock.ts'
import type { HeaderOf } from '../protocol/requests/request.ts'
import type { sendMessageV2 } from '../protocol/requests/send-message-v2.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { systemTopics } from '../protocol/topic-names.ts'
import type { Packed } from './outgoing-message.ts'
import type { QueuePlace } from './routes.ts'
import type { Answered } from './session.ts'

/** All of them mean that the message is stored. */
export type SendStatus = 'SEND_OK' | 'FLUSH_DISK_TIMEOUT' | 'FLUSH_SLAVE_TIMEOUT' | 'SLAVE_NOT_AVAILABLE'

export interface SendReceipt {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  /** Position in the queue. */
  readonly queueOffset: number
  /** The sender's id, which queries and consumers know. */
  readonly messageId: string
  /** Where the message is stored: finds it without an index. */
  readonly offsetMessageId: string
  readonly status: SendStatus
}

const statuses: ReadonlyMap<number, SendStatus> = new Map([
  [responseCodes.SUCCESS, 'SEND_OK' as const],
  [responseCodes.FLUSH_DISK_TIMEOUT, 'FLUSH_DISK_TIMEOUT' as const],
  [responseCodes.FLUSH_SLAVE_TIMEOUT, 'FLUSH_SLAVE_TIMEOUT' as const],
  [responseCodes.SLAVE_NOT_AVAILABLE, 'SLAVE_NOT_AVAILABLE' as const]
])
export const storedCodes: readonly number[] = [...statuses.keys()]

/** Queues that an automatically created topic is asked to have. */
export const autoQueues = 4

export const sendHeader = (
  group: string,
  { queueId, brokerName }: QueuePlace,
  topic: string,
  { properties, sysFlag }: Pick<Packed, 'properties' | 'sysFlag'>,
  clock: Clock
): HeaderOf<typeof sendMessageV2> => ({
  a: group,
  b: topic,
  c: systemTopics.defaultTopic,
  d: autoQueues,
  e: queueId,
  f: sysFlag,
  g: clock.now(),
  h: 0,
  i: properties,
  j: 0,
  k: false,
  m: false,
  n: brokerName
})

/** One receipt a message; those of a batch lie one after the other. */
export const readReceipt = (
  topic: string,
  { brokerName, queueId }: QueuePlace,
  packed: readonly Packed[],
  { command, header }: Answered<typeof sendMessageV2>
): SendReceipt[] => {
  const offsetIds = (header.msgId ?? '').split(',')
  return packed.map(({ messageId }, index) => ({
    topic,
    brokerName,
    queueId: header.queueId ?? queueId,
    queueOffset: header.queueOffset === undefined ? -1 : header.queueOffset + index,
    messageId,
    offsetMessageId: offsetIds[index] ?? '',
    status: statuses.get(command.code)!
  }))
}
