/** What a client tells a broker every 30 s. Java: HeartbeatData, ConsumerData, ProducerData, SubscriptionData. */
import { flag, list, maybe, oneOf, or, record, type Shape, text, whole } from './shape.ts'

export type ConsumeType = 'CONSUME_ACTIVELY' | 'CONSUME_PASSIVELY' | 'CONSUME_POP'
export type MessageModel = 'BROADCASTING' | 'CLUSTERING' | 'LITE_SELECTIVE'
export type ConsumeFromWhere =
  | 'CONSUME_FROM_LAST_OFFSET'
  | 'CONSUME_FROM_FIRST_OFFSET'
  | 'CONSUME_FROM_TIMESTAMP'
  | string

export interface Subscription {
  readonly topic: string
  /** `*` or `A || B`; an SQL92 text when expressionType is SQL92. */
  readonly subString: string
  readonly tagsSet: readonly string[]
  /** Hash codes of the tags; go clients write them as text, and wrongly for non-ASCII tags. */
  readonly codeSet: readonly (number | string)[]
  /** Milliseconds since 1970; a larger one replaces a smaller one. */
  readonly subVersion: number
  /** `TAG`, `SQL92`, or absent for TAG. */
  readonly expressionType?: string
  readonly classFilterMode?: boolean
}

export interface ConsumerData {
  readonly groupName: string
  readonly consumeType: ConsumeType
  readonly messageModel: MessageModel
  readonly consumeFromWhere: ConsumeFromWhere
  readonly subscriptionDataSet: readonly Subscription[]
  readonly unitMode: boolean
}

export interface HeartbeatData {
  readonly clientID: string
  readonly producerDataSet: readonly { readonly groupName: string }[]
  readonly consumerDataSet: readonly ConsumerData[]
  readonly heartbeatFingerprint: number
  readonly withoutSub: boolean
}

/** A tag's code stays as it was written: a number, or text. */
const tagCode: Shape<number | string> = {
  read: (value, where) => (typeof value === 'number' ? value : text.read(value, where)),
  write: value => value
}

export const subscriptionShape: Shape<Subscription> = record({
  topic: text,
  subString: or(text, '*'),
  tagsSet: list(text),
  codeSet: list(tagCode),
  subVersion: whole,
  expressionType: maybe(text),
  classFilterMode: flag
})

export const consumerDataShape: Shape<ConsumerData> = record({
  groupName: text,
  consumeType: oneOf('CONSUME_PASSIVELY', 'CONSUME_ACTIVELY', 'CONSUME_POP'),
  messageModel: oneOf('CLUSTERING', 'BROADCASTING', 'LITE_SELECTIVE'),
  consumeFromWhere: or(text, 'CONSUME_FROM_LAST_OFFSET'),
  subscriptionDataSet: list(subscriptionShape),
  unitMode: flag
})

export const heartbeatDataShape: Shape<HeartbeatData> = record({
  clientID: text,
  producerDataSet: list(record({ groupName: text })),
  consumerDataSet: list(consumerDataShape),
  heartbeatFingerprint: whole,
  withoutSub: flag
})
