/** Who is connected: consumers by group, producers by group. */
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { consumerConnectionShape, producerTableInfoShape } from '../protocol/bodies/connections.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getAllProducerInfo } from '../protocol/requests/get-all-producer-info.ts'
import { getConsumerConnectionList } from '../protocol/requests/get-consumer-connection-list.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { versionName } from '../protocol/versions.ts'
import type { Listing } from './admin.ts'
import { fromEach } from './ask-brokers.ts'
import { everyGroupName } from './group-configs.ts'
import type { ConsumerRow, GroupMembers, MemberRow, ProducerRow, SubscriptionRow } from './group-rows.ts'
import { allMasters, type Master } from './targets.ts'

/** The members that brokers see now. A group that nobody is in, or that is not there at all, is just not online. */
export const groupMembers = async (
  session: Session,
  group: string,
  masters?: readonly Master[]
): Promise<GroupMembers> => {
  const asked = masters ?? (await allMasters(session))
  const { answers, warnings } = await fromEach(asked, `its members of ${group} are unknown`, async master => {
    const accept = [responseCodes.CONSUMER_NOT_ONLINE, responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST]
    const asking = { who: master.brokerName, what: `list the members of ${group}`, accept }
    const { command } = await session.ask(master.address, getConsumerConnectionList, { consumerGroup: group }, asking)
    return command.code === 0 ? readBody(consumerConnectionShape, command.body) : undefined
  })
  const members = new Map<string, MemberRow>()
  const subscriptions = new Map<string, SubscriptionRow>()
  let first: { consumeType: string; messageModel: string } | undefined
  for (const { master, answer } of answers) {
    if (answer === undefined) continue
    first ??= { consumeType: answer.consumeType, messageModel: answer.messageModel }
    for (const { clientId, clientAddr, language, version } of answer.connectionSet) {
      const brokers = [...(members.get(clientId)?.brokers ?? []), master.brokerName]
      members.set(clientId, {
        clientId,
        address: clientAddr,
        language: language ?? 'UNKNOWN',
        version: versionName(version),
        brokers
      })
    }
    for (const { topic, subString, expressionType } of answer.subscriptionTable.values()) {
      subscriptions.set(topic, { topic, expression: subString, expressionType: expressionType ?? 'TAG' })
    }
  }
  const byTopic = (left: SubscriptionRow, right: SubscriptionRow): number => (left.topic < right.topic ? -1 : 1)
  return {
    group,
    online: members.size > 0,
    ...first,
    members: [...members.values()].sort((left, right) => (left.clientId < right.clientId ? -1 : 1)),
    subscriptions: [...subscriptions.values()].sort(byTopic),
    warnings
  }
}

/** Consumers that are online, of one group or of all. There is no bulk request for it: one a group and broker. */
export const listConsumers = async (session: Session, group: string | undefined): Promise<Listing<ConsumerRow>> => {
  const masters = await allMasters(session)
  const names = group === undefined ? await everyGroupName(session) : { items: [group], warnings: [] }
  const all = await mapBounded(names.items, name => groupMembers(session, name, masters))
  const items = all.flatMap(entry => entry.members.map(member => ({ group: entry.group, ...member })))
  return { items, warnings: [...new Set([...names.warnings, ...all.flatMap(entry => entry.warnings)])] }
}

/** Producers that are connected, of one group or of all: one request a broker. */
export const listProducers = async (session: Session, group: string | undefined): Promise<Listing<ProducerRow>> => {
  const { answers, warnings } = await fromEach(await allMasters(session), 'its producers are unknown', async master => {
    const asking = { who: master.brokerName, what: 'list its producers' }
    const { command } = await session.ask(master.address, getAllProducerInfo, {}, asking)
    return readBody(producerTableInfoShape, command.body).data
  })
  const rows = new Map<string, ProducerRow>()
  for (const { master, answer } of answers) {
    for (const [name, infos] of answer) {
      if (group !== undefined && name !== group) continue
      for (const { clientId, remoteIP, language, version, lastUpdateTimestamp } of infos) {
        const key = `${name}\n${clientId}`
        const brokers = [...(rows.get(key)?.brokers ?? []), master.brokerName]
        rows.set(key, {
          group: name,
          clientId,
          address: (remoteIP ?? '').replace(/^\//, ''),
          language: language ?? 'UNKNOWN',
          version: versionName(version),
          lastSeen: new Date(lastUpdateTimestamp).toISOString(),
          lastSeenMs: lastUpdateTimestamp,
          brokers
        })
      }
    }
  }
  const items = [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row)
  return { items, warnings }
}
