/** What became of a message: which groups have consumed it, what one consumer makes of it, how it lies in its queue. */
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { consumeDirectlyResultShape } from '../protocol/bodies/consume-directly-result.ts'
import { consumeQueueAnswerShape } from '../protocol/bodies/consume-queue-data.ts'
import { consumeStatsShape } from '../protocol/bodies/consume-stats.ts'
import { groupListShape } from '../protocol/bodies/name-lists.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { consumeMessageDirectly } from '../protocol/requests/consume-message-directly.ts'
import { getConsumeStats } from '../protocol/requests/get-consume-stats.ts'
import { queryConsumeQueue } from '../protocol/requests/query-consume-queue.ts'
import { queryTopicConsumeByWho } from '../protocol/requests/query-topic-consume-by-who.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { MessageRow } from './admin.ts'
import type { GroupMembers } from './group-rows.ts'
import { noMember } from './member-detail.ts'
import { groupMembers } from './members.ts'
import type {
  ConsumeDirectlyWish,
  ConsumedDirectly,
  ConsumptionRow,
  ConsumptionStatus,
  EntriesWish,
  MessageStatus,
  QueueEntries
} from './message-acts.ts'
import { messageById } from './messages.ts'
import { type Master, masters } from './targets.ts'

/** Brokers give a client 10 s to answer. */
const answerMs = 12_000

const masterOf = async (session: Session, brokerName: string): Promise<Master> =>
  (await masters(session, { brokers: [brokerName] }))[0]!

/** Only the broker that holds the message knows how far groups are in its queue. */
export const messageStatus = async (session: Session, topic: string, id: string): Promise<MessageStatus> => {
  const row = await messageById(session, topic, id)
  const { messageId, offsetMessageId, brokerName, queueId, queueOffset } = row
  const master = await masterOf(session, brokerName)
  const asking = { who: brokerName, what: `list the groups of ${topic}` }
  const { command } = await session.ask(master.address, queryTopicConsumeByWho, { topic }, asking)
  const names = [...readBody(groupListShape, command.body).groupList].sort()
  const warnings: string[] = []
  const groups = await mapBounded(names, async (group): Promise<ConsumptionRow> => {
    try {
      const [members, offset] = await Promise.all([
        groupMembers(session, group, [master]),
        offsetIn(session, master, group, row)
      ])
      const consumed = offset === undefined ? {} : { consumerOffset: offset }
      return { group, status: statusOf(row, members, offset), ...consumed }
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      warnings.push(`how far ${group} is, is unknown: ${errorText(error)}`)
      return { group, status: 'UNKNOWN' }
    }
  })
  return { topic, messageId, offsetMessageId, brokerName, queueId, queueOffset, groups, warnings: warnings.sort() }
}

/** What the group has committed in the message's queue. */
const offsetIn = async (
  session: Session,
  { brokerName, address }: Master,
  consumerGroup: string,
  { topic, queueId }: MessageRow
): Promise<number | undefined> => {
  const accept = [responseCodes.TOPIC_NOT_EXIST, responseCodes.CONSUMER_NOT_ONLINE]
  const asking = { who: brokerName, what: `tell how far ${consumerGroup} is`, accept }
  const { command } = await session.ask(address, getConsumeStats, { consumerGroup, topic }, asking)
  if (command.code !== 0) return undefined
  for (const [queue, { consumerOffset }] of readBody(consumeStatsShape, command.body).offsetTable) {
    if (queue.topic === topic && queue.queueId === queueId) return consumerOffset > 0 ? consumerOffset : undefined
  }
  return undefined
}

/** Pure. */
export const statusOf = (
  { topic, queueOffset, tags }: Pick<MessageRow, 'topic' | 'queueOffset' | 'tags'>,
  { online, messageModel, subscriptions }: Pick<GroupMembers, 'online' | 'messageModel' | 'subscriptions'>,
  offset: number | undefined
): ConsumptionStatus => {
  if (messageModel === 'BROADCASTING') return 'BROADCAST'
  if (offset === undefined || offset <= queueOffset) return online ? 'WAITING' : 'OFFLINE'
  const subscription = subscriptions.find(row => row.topic === topic)
  if (subscription === undefined || subscription.expressionType !== 'TAG') return 'CONSUMED'
  const wanted = subscription.expression.split('||').map(tag => tag.trim())
  const all = wanted.includes('*') || subscription.expression.trim() === ''
  return all || wanted.includes(tags ?? '') ? 'CONSUMED' : 'FILTERED'
}

export const consumeDirectly = async (session: Session, wish: ConsumeDirectlyWish): Promise<ConsumedDirectly> => {
  const { topic, id, group } = wish
  const { brokerName, offsetMessageId, messageId } = await messageById(session, topic, id)
  const master = await masterOf(session, brokerName)
  const { members } = await groupMembers(session, group, [master])
  const clientId = wish.clientId ?? onlyOne(group, members)
  if (!members.some(member => member.clientId === clientId)) throw noMember(group, clientId, members)
  const header = { consumerGroup: group, clientId, msgId: offsetMessageId, topic, brokerName }
  const asking = {
    who: `${clientId} (asked through ${brokerName})`,
    what: `consume ${messageId}`,
    timeoutMs: answerMs,
    accept: [responseCodes.CONSUME_MSG_TIMEOUT]
  }
  const { command } = await session.ask(master.address, consumeMessageDirectly, header, asking)
  if (command.code !== 0) {
    const late = `${clientId} did not tell in time what became of ${messageId}; it may consume it yet`
    throw new MqError('MQ_TIMEOUT', late)
  }
  const result = readBody(consumeDirectlyResultShape, command.body)
  return {
    group,
    clientId,
    messageId,
    result: result.consumeResult,
    spentMs: result.spentTimeMills,
    order: result.order,
    ...(result.remark === undefined || result.remark === '' ? {} : { remark: result.remark })
  }
}

const onlyOne = (group: string, members: GroupMembers['members']): string => {
  const [first, ...others] = members
  if (first === undefined) throw new MqError('MQ_NOT_FOUND', `nobody of the group ${group} is online to consume it`)
  if (others.length === 0) return first.clientId
  const names = members.map(member => member.clientId).join(', ')
  throw new MqError('MQ_USAGE', `the group ${group} has ${members.length} members; name one of ${names}`)
}

export const queueEntries = async (session: Session, wish: EntriesWish): Promise<QueueEntries> => {
  const { topic, brokerName, queueId, index, count } = wish
  const { address } = await masterOf(session, brokerName)
  const asking = { who: brokerName, what: `show the queue ${topic}/${queueId}`, accept: [responseCodes.SYSTEM_ERROR] }
  const { command } = await session.ask(address, queryConsumeQueue, { topic, queueId, index, count }, asking)
  if (command.code !== 0) {
    throw new MqError(
      'MQ_NOT_FOUND',
      `${brokerName} has no queue ${topic}/${queueId}, or nothing was ever stored in it`
    )
  }
  const { queueData, minQueueIndex, maxQueueIndex } = readBody(consumeQueueAnswerShape, command.body)
  const items = queueData.map(({ physicOffset, physicSize, tagsCode }, at) => ({
    brokerName,
    queueId,
    queueOffset: index + at,
    physicalOffset: physicOffset,
    size: physicSize,
    tagsCode
  }))
  return { topic, minOffset: minQueueIndex, maxOffset: maxQueueIndex, items }
}
