/** What a broker counts, as one picture for metrics and status: read from memory, nothing is kept for it. */

import { languageName } from '../../protocol/languages.ts'
import { deadLetterTopic, isDeadLetterTopic, isRetryTopic, isSystemGroup } from '../../protocol/topic-names.ts'
import { versionName } from '../../protocol/versions.ts'
import type { StoreStats } from '../../store/contract.ts'
import type { BrokerParts } from '../broker-parts.ts'
import type { ClientMember } from '../parts.ts'

export interface TopicFigures {
  readonly topic: string
  /** The topic's attribute message.type, in small letters. */
  readonly messageType: string
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
  readonly isSystem: boolean
  readonly isRetry: boolean
  readonly messages: number
}

export interface ConnectionFigures {
  readonly group: string
  readonly isSystem: boolean
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
  readonly sentToDeadLetters: readonly { readonly group: string; readonly messages: number }[]
  readonly lags: readonly LagFigures[]
  readonly producers: readonly ConnectionFigures[]
  readonly consumers: readonly ConnectionFigures[]
  readonly store: StoreStats
  /** Milliseconds since 1970. */
  readonly now: number
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
  sentToDeadLetters: deadLetterFigures(parts),
  lags: lagFigures(parts),
  producers: [...parts.producers.all()].flatMap(([group, members]) => connectionFigures(group, undefined, members)),
  consumers: [...parts.consumers.all()].flatMap(({ groupName, consumeType, members }) =>
    connectionFigures(groupName, consumeType, members)
  ),
  store: parts.store.stats(),
  now: parts.clock.now()
})

const kindOf = (parts: BrokerParts, topic: string) => ({
  isSystem: parts.topics.isSystem(topic),
  isRetry: isRetryTopic(topic)
})

/** Topics that are no more are left out, so that they vanish from the metrics. */
const topicFigures = (parts: BrokerParts): TopicFigures[] => {
  const figures: TopicFigures[] = []
  for (const [topic, { messages, bytes }] of parts.traffic.topics()) {
    const config = parts.topics.get(topic)
    if (config === undefined) continue
    const messageType = (config.attributes['message.type'] ?? 'UNSPECIFIED').toLowerCase()
    figures.push({ topic, messageType, ...kindOf(parts, topic), messages, bytes })
  }
  return figures
}

const deadLetterFigures = ({ traffic }: BrokerParts) =>
  [...traffic.topics()]
    .filter(([topic]) => isDeadLetterTopic(topic))
    .map(([topic, { messages }]) => ({ group: topic.slice(deadLetterTopic('').length), messages }))

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

const lagFigures = (parts: BrokerParts): LagFigures[] => {
  const { groups, offsets, store, topics } = parts
  const figures: LagFigures[] = []
  for (const { groupName: group } of groups.all()) {
    for (const [topic, queues] of offsets.ofGroup(group)) {
      if (topics.get(topic) === undefined) continue
      let messages = 0
      for (const [queueId, offset] of queues) messages += Math.max(0, store.maxOffset(topic, queueId) - offset)
      figures.push({ group, topic, ...kindOf(parts, topic), messages })
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
    counts.set(key, { group, isSystem: isSystemGroup(group), language, version, consumeMode, connections })
  }
  return [...counts.values()]
}
