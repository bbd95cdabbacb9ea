/** What brokers ask a member of a group, over the member's own connection. Java: ClientRemotingProcessor. */
import { type ConsumeDirectlyResult, consumeDirectlyResultShape } from '../protocol/bodies/consume-directly-result.ts'
import { type ConsumerRunningInfo, consumerRunningInfoShape } from '../protocol/bodies/consumer-running-info.ts'
import type { MessageQueue } from '../protocol/bodies/message-queue.ts'
import { consumerStatusShape, resetOffsetShape } from '../protocol/bodies/reset-offset.ts'
import { readBody, writeBody } from '../protocol/bodies/shape.ts'
import { consumeMessageDirectly } from '../protocol/requests/consume-message-directly.ts'
import { getConsumerRunningInfo } from '../protocol/requests/get-consumer-running-info.ts'
import { getConsumerStatusFromClient } from '../protocol/requests/get-consumer-status-from-client.ts'
import { notifyConsumerIdsChanged } from '../protocol/requests/notify-consumer-ids-changed.ts'
import { resetConsumerClientOffset } from '../protocol/requests/reset-consumer-client-offset.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { type Reply, type Route, type Router, route, router } from '../remoting/router.ts'
import { type ReceivedMessage, receivedMessages } from './received-message.ts'

/** A member of a group; what it leaves out it cannot do, and brokers are told so. */
export interface GroupCallbacks {
  /** 40: time to share the queues anew. */
  membersChanged(): void
  /** 220: go on at these offsets in those of the queues that are here. */
  resetOffsets?(offsets: ReadonlyMap<MessageQueue, number>): void
  /** 221: the offsets in the queues of the topic that are here. */
  offsets?(topic: string): ReadonlyMap<MessageQueue, number>
  /** 307. */
  runningInfo?(): ConsumerRunningInfo
  /** 309: consume this one now. Never rejects. */
  consume?(message: ReceivedMessage): Promise<ConsumeDirectlyResult>
}

type Find = (group: string) => GroupCallbacks | undefined

const noMember = (group: string): Reply => ({
  code: responseCodes.SYSTEM_ERROR,
  remark: `this client has no member of the group ${group} that can do this`
})

const idsChanged = (find: Find): Route =>
  route(notifyConsumerIdsChanged, ({ consumerGroup }) => {
    find(consumerGroup)?.membersChanged()
    return undefined
  })

const reset = (find: Find): Route =>
  route(resetConsumerClientOffset, ({ group }, { body }) => {
    find(group)?.resetOffsets?.(readBody(resetOffsetShape, body).offsetTable)
    return undefined
  })

const status = (find: Find): Route =>
  route(getConsumerStatusFromClient, ({ group, topic }) => {
    const messageQueueTable = find(group)?.offsets?.(topic)
    if (messageQueueTable === undefined) return noMember(group)
    return { body: writeBody(consumerStatusShape, { messageQueueTable, consumerTable: new Map() }) }
  })

const runningInfo = (find: Find): Route =>
  route(getConsumerRunningInfo, ({ consumerGroup }) => {
    const info = find(consumerGroup)?.runningInfo?.()
    return info === undefined ? noMember(consumerGroup) : { body: writeBody(consumerRunningInfoShape, info) }
  })

const consumeNow = (find: Find): Route =>
  route(consumeMessageDirectly, async ({ consumerGroup, brokerName }, { body }) => {
    const member = find(consumerGroup)
    if (member?.consume === undefined) return noMember(consumerGroup)
    const [message] = await receivedMessages(body, brokerName ?? '')
    if (message === undefined) return { code: responseCodes.SYSTEM_ERROR, remark: 'the request holds no message' }
    return { body: writeBody(consumeDirectlyResultShape, await member.consume(message)) }
  })

export const callbackRouter = (find: Find): Router =>
  router([idsChanged(find), reset(find), status(find), runningInfo(find), consumeNow(find)])
