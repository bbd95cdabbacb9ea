/** One consumer group as brokers keep it. Java: SubscriptionGroupConfig. */
export interface GroupConfig {
  readonly groupName: string
  readonly consumeEnable: boolean
  readonly consumeFromMinEnable: boolean
  readonly consumeBroadcastEnable: boolean
  readonly consumeMessageOrderly: boolean
  readonly retryQueueNums: number
  readonly retryMaxTimes: number
  readonly groupRetryPolicy: GroupRetryPolicy
  readonly brokerId: number
  readonly whichBrokerWhenConsumeSlowly: number
  readonly notifyConsumerIdsChangedEnable: boolean
  readonly groupSysFlag: number
  readonly consumeTimeoutMinute: number
  readonly subscriptionDataSet?: readonly SimpleSubscription[]
  readonly attributes: Readonly<Record<string, string>>
}

/** Java: GroupRetryPolicy. */
export interface GroupRetryPolicy {
  readonly type: 'CUSTOMIZED' | 'EXPONENTIAL'
  readonly exponentialRetryPolicy?: { readonly initial: number; readonly max: number; readonly multiplier: number }
  readonly customizedRetryPolicy?: { readonly next: readonly number[] }
}

/** Java: SimpleSubscriptionData. */
export interface SimpleSubscription {
  readonly topic: string
  readonly expressionType: string
  readonly expression: string
  readonly version: number
}
