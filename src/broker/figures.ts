/** What a broker counts, as one picture for metrics and status: read from memory, nothing is kept for it. */

import { languageName } from '../protocol/languages.ts'
import { isRetryTopic } from '../protocol/topic-names.ts'
import { versionName } from '../protocol/versions.ts'
import type { StoreStats } from '../store/contract.ts'
import type { BrokerParts } from './broker-parts.ts'
import type { ClientMember } from './parts.ts'

export interface TopicFigures {
  readonly topic: string
  readonly isSystem: boolean
  readonly isRetry: boolean
  readonly messages: number
  readonly bytes: number
}

export interface GroupFigures {
  readonly group: string
  readonly topic: string
  readonly isSystem: boolean
  readonly isRetry: boolean
  readonly messages: number
  readonly bytes: number
}

export interface LagFigures {
  readonly group: string
  readonly topic: string
  readonly isRetry: boolean
  readonly messages: number
}

export interface ConnectionFigures {
  readonly group: string
  readonly language: string
  readonly version: string
  /** Java's ConsumeType; undefined for producers. */
  readonly consumeMode: string | undefined
  readonly connections: number
}

export interface BrokerFigures {
  readonly clusterName: string
  readonly brokerName: string
  readonly brokerId: number
  readonly permission: number
  readonly topicCount: number
  readonly groupCount: number
  readonly heldPulls: number
  readonly connections: number
  readonly topics: readonly TopicFigures[]
  readonly groups: readonly GroupFigures[]
  readonly sentBack: readonly { readonly group: string; readonly topic: string; readonly messages: number }[]
  readonly lags: readonly LagFigures[]
  readonly producers: readonly ConnectionFigures[]
  readonly consumers: readonly ConnectionFigures[]
  readonly store: StoreStats
}

export const brokerFigures = (parts: BrokerParts, connections: number): BrokerFigures => ({
  clusterName: parts.identity.clusterName,
  brokerName: parts.identity.brokerName,
  brokerId: parts.identity.brokerId,
  permission: parts.options.brokerPermission,
  topicCount: parts.topics.size,
  groupCount: parts.groups.size,
  heldPulls: parts.longPolls.held,
  connections,
  topics: topicFigures(parts),
  groups: groupFigures(parts),
  sentBack: [...parts.traffic.sendsBack()].flatMap(([group, topics]) =>
    Array.from(topics, ([topic, { messages }]) => ({ group, topic, messages }))
  ),
  lags: lagFigures(parts),
  producers: [...parts.producers.all()].flatMap(([group, members]) => connectionFigures(group, undefined, members)),
  consumers: [...parts.consumers.all()].flatMap(({ groupName, consumeType, members }) =>
    connectionFigures(groupName, consumeType, members)
  ),
  store: parts.store.stats()
})

const kindOf = (parts: BrokerParts, topic: string) => ({
  isSystem: parts.topics.isSystem(topic),
  isRetry: isRetryTopic(topic)
})

/** Topics that are no more are left out, so that they vanish from the metrics. */
const topicFigures = (parts: BrokerParts): TopicFigures[] => {
  const figures: TopicFigures[] = []
  for (const [topic, { messages, bytes }] of parts.traffic.topics()) {
    if (parts.topics.get(topic) !== undefined) figures.push({ topic, ...kindOf(parts, topic), messages, bytes })
  }
  return figures
}

const groupFigures = (parts: BrokerParts): GroupFigures[] => {
  const figures: GroupFigures[] = []
  for (const [group, topics] of parts.traffic.groups()) {
    for (const [topic, { messages, bytes }] of topics) {
      if (parts.topics.get(topic) !== undefined)
        figures.push({ group, topic, ...kindOf(parts, topic), messages, bytes })
    }
  }
  return figures
}

const lagFigures = ({ groups, offsets, store, topics }: BrokerParts): LagFigures[] => {
  const figures: LagFigures[] = []
  for (const { groupName: group } of groups.all()) {
    for (const [topic, queues] of offsets.ofGroup(group)) {
      if (topics.get(topic) === undefined) continue
      let messages = 0
      for (const [queueId, offset] of queues) messages += Math.max(0, store.maxOffset(topic, queueId) - offset)
      figures.push({ group, topic, isRetry: isRetryTopic(topic), messages })
    }
  }
  return figures
}

/** Members of a group by language and version. */
const connectionFigures = (
  group: string,
  consumeMode: string | undefined,
  members: ReadonlyMap<string, ClientMember>
): ConnectionFigures[] => {
  const counts = new Map<string, ConnectionFigures>()
  for (const member of members.values()) {
    const language = languageName(member.language)
    const version = versionName(member.version)
    const key = `${language}/${version}`
    const connections = (counts.get(key)?.connections ?? 0) + 1
    counts.set(key, { group, language, version, consumeMode, connections })
  }
  return [...counts.values()]
}
