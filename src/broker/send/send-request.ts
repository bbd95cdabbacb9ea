/** A send as the broker works on it, whichever of the three requests brought it. Java: SendMessageRequestHeader. */
import type { HeaderOf } from '../../protocol/requests/request.ts'
import type { sendMessage } from '../../protocol/requests/send-message.ts'
import type { sendMessageV2 } from '../../protocol/requests/send-message-v2.ts'
import { versions } from '../../protocol/versions.ts'

export interface SendRequest {
  readonly topic: string
  readonly defaultTopic: string
  readonly defaultTopicQueueNums: number
  readonly queueId: number
  readonly sysFlag: number
  readonly bornTimestamp: number
  readonly flag: number
  readonly properties: string
  readonly reconsumeTimes: number
  readonly unitMode: boolean
  readonly batch: boolean
  /** Absent: as the group says. */
  readonly maxReconsumeTimes: number | undefined
}

export const fromLongNames = (header: HeaderOf<typeof sendMessage>, version: number): SendRequest => ({
  topic: header.topic,
  defaultTopic: header.defaultTopic,
  defaultTopicQueueNums: header.defaultTopicQueueNums,
  queueId: header.queueId,
  sysFlag: header.sysFlag,
  bornTimestamp: header.bornTimestamp,
  flag: header.flag,
  properties: header.properties ?? '',
  reconsumeTimes: header.reconsumeTimes ?? 0,
  unitMode: header.unitMode ?? false,
  batch: header.batch ?? false,
  maxReconsumeTimes: version >= versions.V3_4_9 ? header.maxReconsumeTimes : undefined
})

export const fromLetters = (header: HeaderOf<typeof sendMessageV2>, version: number): SendRequest => ({
  topic: header.b,
  defaultTopic: header.c,
  defaultTopicQueueNums: header.d,
  queueId: header.e,
  sysFlag: header.f,
  bornTimestamp: header.g,
  flag: header.h,
  properties: header.i ?? '',
  reconsumeTimes: header.j ?? 0,
  unitMode: header.k ?? false,
  batch: header.m ?? false,
  maxReconsumeTimes: version >= versions.V3_4_9 ? header.l : undefined
})
