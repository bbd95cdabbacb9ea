/** The NameServers themselves: which answer and what they know, and changes of their settings, at each of them. */
import { refusal } from '../client/refusal.ts'
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import { clusterInfoShape } from '../protocol/bodies/cluster-info.ts'
import { topicListShape } from '../protocol/bodies/name-lists.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { type Command, emptyBody } from '../protocol/command.ts'
import { getAllTopicListFromNameserver } from '../protocol/requests/get-all-topic-list-from-nameserver.ts'
import { getBrokerClusterInfo } from '../protocol/requests/get-broker-cluster-info.ts'
import { updateNamesrvConfig } from '../protocol/requests/update-namesrv-config.ts'
import type { NameServerOutcome, NameServerRow, NamesrvChange } from './broker-rows.ts'
import { escapedValue } from './brokers.ts'
import { namesrvConfig } from './operations.ts'
import type { ConfigEntry, Listing } from './shared-rows.ts'

/** Those that do not answer are listed too, with the reason. Never rejects because of them. */
export const nameServers = async (session: Session): Promise<Listing<NameServerRow>> => {
  const items = await mapBounded(session.routes.namesrv, address => rowOf(session, address))
  return { items, warnings: [] }
}

const rowOf = async (session: Session, address: string): Promise<NameServerRow> => {
  const { timeoutMs } = session.settings
  const ask = async (request: typeof getBrokerClusterInfo | typeof getAllTopicListFromNameserver): Promise<Command> =>
    session.remoting.invoke(address, request, {}, emptyBody, timeoutMs)
  try {
    const [clusters, names] = await Promise.all([ask(getBrokerClusterInfo), ask(getAllTopicListFromNameserver)])
    if (clusters.code !== 0) throw refusal(clusters, `the NameServer ${address}`, 'list the clusters')
    const { brokerAddrTable, clusterAddrTable } = readBody(clusterInfoShape, clusters.body)
    // A NameServer may be told not to list its topics.
    const topics = names.code === 0 ? { topics: readBody(topicListShape, names.body).topicList.length } : {}
    return { address, reachable: true, clusters: clusterAddrTable.size, brokers: brokerAddrTable.size, ...topics }
  } catch (error) {
    if (!(error instanceof MqError)) throw error
    return { address, reachable: false, error: errorText(error) }
  }
}

export const setNamesrvConfig = async (
  session: Session,
  entries: readonly ConfigEntry[],
  dryRun = false
): Promise<NamesrvChange> => {
  const before = await namesrvConfig(session)
  // Apache's NameServers pass over keys that they do not know, and answer that all went well.
  const known = before.map(entry => entry.key)
  for (const { key } of entries) if (!known.includes(key)) throw unknownKey(key, known)
  const wished = new Map(entries.map(({ key, value }) => [key, value]))
  if (dryRun) {
    const planned = before.flatMap(({ key }) => (wished.has(key) ? [{ key, value: wished.get(key)! }] : []))
    const rows = session.routes.namesrv.map((address): NameServerOutcome => ({ address, outcome: 'planned' }))
    return { dryRun, nameServers: rows, entries: planned }
  }
  const errors: MqError[] = []
  const body = Buffer.from(entries.map(({ key, value }) => `${key}=${escapedValue(value)}\n`).join(''))
  const rows = await mapBounded(session.routes.namesrv, async (address): Promise<NameServerOutcome> => {
    try {
      const { timeoutMs } = session.settings
      const answer = await session.remoting.invoke(address, updateNamesrvConfig, {}, body, timeoutMs)
      if (answer.code !== 0) throw refusal(answer, `the NameServer ${address}`, 'change its settings')
      return { address, outcome: 'done' }
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      errors.push(error)
      return { address, outcome: 'failed', error: errorText(error) }
    }
  })
  if (errors.length > 0 && errors.length === rows.length) throw errors[0]!
  const after = (await namesrvConfig(session)).filter(entry => wished.has(entry.key))
  return { dryRun, nameServers: rows, entries: after }
}

const unknownKey = (key: string, known: readonly string[]): MqError => {
  const meant = nearest(key, known)
  return new MqError('MQ_NOT_FOUND', `the NameServer has no setting ${key}, so nothing was changed`, {
    suggestions: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), '`mq namesrv config list` shows all']
  })
}
