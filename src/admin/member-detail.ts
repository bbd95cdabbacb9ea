/** What members of a group tell of themselves, through a broker: how they are set up, what they hold, what they subscribe. */
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import { type ConsumerRunningInfo, consumerRunningInfoShape } from '../protocol/bodies/consumer-running-info.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getConsumerRunningInfo } from '../protocol/requests/get-consumer-running-info.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { GroupSubscriptions, HeldQueueRow, MemberDetail, MemberSubscriptions, MemberWish } from './group-acts.ts'
import type { MemberRow, SubscriptionRow } from './group-rows.ts'
import { groupMembers } from './members.ts'
import { allMasters, type Master } from './targets.ts'

/** Brokers give a client 10 s to answer. */
const answerMs = 12_000

export const groupMember = async (session: Session, wish: MemberWish): Promise<MemberDetail> => {
  const { group, clientId } = wish
  const masters = await allMasters(session)
  const { members } = await groupMembers(session, group, masters)
  const member = members.find(row => row.clientId === clientId)
  if (member === undefined) throw noMember(group, clientId, members)
  const info = await infoOf(session, group, member, masters, wish.stack === true)
  const stack = wish.stack === true && info.jstack !== undefined ? { stack: info.jstack } : {}
  return {
    group,
    clientId,
    config: Array.from(info.properties, ([key, value]) => ({ key, value })).sort(byKey),
    subscriptions: subscriptionsOf(info),
    queues: queuesOf(info),
    rates: Array.from(info.statusTable, ([topic, status]) => ({
      topic,
      pullRt: status.pullRT,
      consumeRt: status.consumeRT,
      pullTps: status.pullTPS,
      consumeOkTps: status.consumeOKTPS,
      consumeFailedTps: status.consumeFailedTPS,
      consumeFailed: status.consumeFailedMsgs
    })).sort((left, right) => (left.topic < right.topic ? -1 : 1)),
    ...stack
  }
}

const byKey = (left: { key: string }, right: { key: string }): number => (left.key < right.key ? -1 : 1)

export const noMember = (group: string, clientId: string, members: readonly MemberRow[]): MqError => {
  const names = members.map(member => member.clientId)
  const meant = nearest(clientId, names)
  const online = names.length === 0 ? 'nobody is online' : `online are ${names.slice(0, 8).join(', ')}`
  const suggestions = meant === undefined ? [] : [`did you mean ${meant}?`]
  return new MqError('MQ_NOT_FOUND', `the group ${group} has no member ${clientId}; ${online}`, { suggestions })
}

const infoOf = async (
  session: Session,
  group: string,
  { clientId, brokers }: MemberRow,
  masters: readonly Master[],
  jstackEnable: boolean
): Promise<ConsumerRunningInfo> => {
  const master = masters.find(entry => brokers.includes(entry.brokerName))
  if (master === undefined) throw new MqError('MQ_NO_ROUTE', `no broker that ${clientId} is connected to answers now`)
  const asking = {
    who: `${clientId} (asked through ${master.brokerName})`,
    what: 'tell its state',
    timeoutMs: answerMs,
    accept: [responseCodes.CONSUME_MSG_TIMEOUT]
  }
  const header = { consumerGroup: group, clientId, jstackEnable }
  const { command } = await session.ask(master.address, getConsumerRunningInfo, header, asking)
  if (command.code !== 0) throw new MqError('MQ_TIMEOUT', `the client ${clientId} did not answer ${master.brokerName}`)
  return readBody(consumerRunningInfoShape, command.body)
}

const subscriptionsOf = (info: ConsumerRunningInfo): SubscriptionRow[] =>
  info.subscriptionSet
    .map(({ topic, subString, expressionType }) => ({
      topic,
      expression: subString,
      expressionType: expressionType ?? 'TAG'
    }))
    .sort((left, right) => (left.topic < right.topic ? -1 : 1))

const queuesOf = (info: ConsumerRunningInfo): HeldQueueRow[] => {
  const rows = Array.from(info.mqTable, ([{ topic, brokerName, queueId }, held]) => ({
    topic,
    brokerName,
    queueId,
    commitOffset: held.commitOffset,
    cachedMessages: held.cachedMsgCount,
    cachedMiB: held.cachedMsgSizeInMiB,
    locked: held.locked,
    dropped: held.droped,
    ...(held.lastPullTimestamp > 0
      ? { lastPull: new Date(held.lastPullTimestamp).toISOString(), lastPullMs: held.lastPullTimestamp }
      : {}),
    ...(held.lastConsumeTimestamp > 0
      ? { lastConsume: new Date(held.lastConsumeTimestamp).toISOString(), lastConsumeMs: held.lastConsumeTimestamp }
      : {})
  }))
  const order = (row: HeldQueueRow): string => `${row.topic}\n${row.brokerName}\n${String(row.queueId).padStart(10)}`
  return rows.sort((left, right) => (order(left) < order(right) ? -1 : 1))
}

export const groupSubscriptions = async (session: Session, group: string): Promise<GroupSubscriptions> => {
  const masters = await allMasters(session)
  const { online, members, warnings } = await groupMembers(session, group, masters)
  const failures: string[] = []
  const told = await mapBounded(members, async (member): Promise<MemberSubscriptions | undefined> => {
    try {
      const info = await infoOf(session, group, member, masters, false)
      const consumeType = info.properties.get('PROP_CONSUME_TYPE')
      const { clientId } = member
      return { clientId, ...(consumeType === undefined ? {} : { consumeType }), subscriptions: subscriptionsOf(info) }
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      failures.push(`what ${member.clientId} subscribes is unknown: ${errorText(error)}`)
      return undefined
    }
  })
  const known = told.filter(entry => entry !== undefined)
  const findings = differences(known)
  return {
    group,
    online,
    consistent: findings.length === 0,
    members: known,
    findings,
    warnings: [...warnings, ...failures.sort()]
  }
}

/** Each member compared with the first. Pure. */
export const differences = (members: readonly MemberSubscriptions[]): string[] => {
  const [first, ...others] = members
  if (first === undefined) return []
  const findings: string[] = []
  const topicsOf = ({ subscriptions }: MemberSubscriptions): ReadonlyMap<string, string> =>
    new Map(subscriptions.map(row => [row.topic, `${row.expressionType} ${row.expression}`]))
  const wanted = topicsOf(first)
  for (const other of others) {
    if (other.consumeType !== first.consumeType) {
      findings.push(
        `${other.clientId} is a ${other.consumeType ?? 'nameless'} consumer, ${first.clientId} a ${first.consumeType ?? 'nameless'} one`
      )
    }
    const has = topicsOf(other)
    for (const topic of [...new Set([...wanted.keys(), ...has.keys()])].sort()) {
      const [here, there] = [wanted.get(topic), has.get(topic)]
      if (here === there) continue
      const words = (expression: string | undefined): string =>
        expression === undefined ? 'does not subscribe' : `subscribes (${expression})`
      findings.push(`${topic}: ${first.clientId} ${words(here)}, ${other.clientId} ${words(there)}`)
    }
  }
  return findings
}
