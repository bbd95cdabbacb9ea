/** One consumer group as brokers keep it. Java: SubscriptionGroupConfig. */
import { flag, list, maybe, oneOf, or, record, type Shape, text, whole } from './shape.ts'
import { attributes } from './tables.ts'

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

const exponential = record({ initial: whole, max: whole, multiplier: whole })
const customized = record({ next: list(whole) })

const groupRetryPolicyShape: Shape<GroupRetryPolicy> = record({
  type: oneOf('CUSTOMIZED', 'EXPONENTIAL'),
  exponentialRetryPolicy: maybe(exponential),
  customizedRetryPolicy: maybe(customized)
})

const simpleSubscriptionShape: Shape<SimpleSubscription> = record({
  topic: text,
  expressionType: or(text, 'TAG'),
  expression: or(text, '*'),
  version: whole
})

/** Fields that are absent take Java's defaults, which are not all false and 0. */
export const groupConfigShape: Shape<GroupConfig> = record({
  groupName: text,
  consumeEnable: or(flag, true),
  consumeFromMinEnable: or(flag, true),
  consumeBroadcastEnable: or(flag, true),
  consumeMessageOrderly: flag,
  retryQueueNums: or(whole, 1),
  retryMaxTimes: or(whole, 16),
  groupRetryPolicy: or<GroupRetryPolicy>(groupRetryPolicyShape, { type: 'CUSTOMIZED' }),
  brokerId: whole,
  whichBrokerWhenConsumeSlowly: or(whole, 1),
  notifyConsumerIdsChangedEnable: or(flag, true),
  groupSysFlag: whole,
  consumeTimeoutMinute: or(whole, 15),
  subscriptionDataSet: maybe(list(simpleSubscriptionShape)),
  attributes
})
