/** What a client tells a broker every 30 s. Java: HeartbeatData, ConsumerData, ProducerData, SubscriptionData. */
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
