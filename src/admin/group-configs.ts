/** The settings of groups as brokers keep them. */
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import { type DataVersion, dataVersionShape } from '../protocol/bodies/data-version.ts'
import type { GroupConfig } from '../protocol/bodies/group-config.ts'
import { groupConfigWrapperShape } from '../protocol/bodies/group-config-wrapper.ts'
import { readBody, writeBody } from '../protocol/bodies/shape.ts'
import { permissions } from '../protocol/permissions.ts'
import { getAllSubscriptiongroupConfig } from '../protocol/requests/get-all-subscriptiongroup-config.ts'
import { fromEach } from './ask-brokers.ts'
import type { Listing } from './shared-rows.ts'
import { allMasters, type Master } from './targets.ts'

const pageSize = 2000

export interface GroupsOfBroker {
  readonly configs: readonly GroupConfig[]
  /** Topics that a group may not read, by group. */
  readonly paused: ReadonlyMap<string, readonly string[]>
}

export const groupConfigs = async (session: Session, master: Master): Promise<readonly GroupConfig[]> =>
  (await groupsOfBroker(session, master)).configs

/** All groups of one broker, in pages, since a frame has a limit. */
export const groupsOfBroker = async (session: Session, { brokerName, address }: Master): Promise<GroupsOfBroker> => {
  const found = new Map<string, GroupConfig>()
  const paused = new Map<string, readonly string[]>()
  let version: DataVersion | undefined
  for (;;) {
    const paged = version === undefined ? {} : { dataVersion: writeBody(dataVersionShape, version).toString() }
    const asking = { who: brokerName, what: 'list its groups' }
    const wish = { groupSeq: found.size, maxGroupNum: pageSize, ...paged }
    const { command, header } = await session.ask(address, getAllSubscriptiongroupConfig, wish, asking)
    const page = readBody(groupConfigWrapperShape, command.body)
    const before = found.size
    for (const [name, config] of page.subscriptionGroupTable) found.set(name, config)
    for (const [name, topics] of page.forbiddenTable) paused.set(name, unreadable(topics))
    version = page.dataVersion
    // Brokers before 5.4 give no total, and everything at once.
    if (header.totalGroupNum === undefined || found.size >= header.totalGroupNum || found.size === before) {
      return { configs: [...found.values()], paused }
    }
  }
}

const unreadable = (topics: ReadonlyMap<string, number>): string[] =>
  [...topics].flatMap(([topic, bits]) => ((bits & permissions.READ) === 0 ? [] : [topic])).sort()

/**
 * The group on each broker that has it. Listed rather than asked for by name: a broker that is asked for a group by its
 * name creates it. Rejects with MQ_NOT_FOUND when every broker answered and none has it.
 */
export const groupOn = async (
  session: Session,
  group: string,
  masters: readonly Master[]
): Promise<{
  readonly found: readonly { master: Master; config: GroupConfig; paused: readonly string[] }[]
  readonly warnings: readonly string[]
}> => {
  const names = new Set<string>()
  const { answers, warnings } = await fromEach(masters, `whether it has ${group} is unknown`, async master => {
    const { configs, paused } = await groupsOfBroker(session, master)
    for (const { groupName } of configs) names.add(groupName)
    return { config: configs.find(config => config.groupName === group), paused: paused.get(group) ?? [] }
  })
  const found = answers.flatMap(({ master, answer: { config, paused } }) =>
    config === undefined ? [] : [{ master, config, paused }]
  )
  if (found.length === 0) throw noGroup(group, names)
  return { found, warnings }
}

const noGroup = (group: string, names: Iterable<string>): MqError => {
  const meant = nearest(group, [...names])
  const suggestions = meant === undefined ? [] : [`did you mean ${meant}?`]
  return new MqError('MQ_NOT_FOUND', `there is no consumer group ${group}`, { suggestions })
}

export const everyGroupName = async (
  session: Session,
  masters?: readonly Master[] | undefined
): Promise<Listing<string>> => {
  const asked = masters ?? (await allMasters(session))
  const { answers, warnings } = await fromEach(asked, 'its groups are unknown', master => groupConfigs(session, master))
  const names = new Set(answers.flatMap(({ answer }) => answer.map(config => config.groupName)))
  return { items: [...names].sort(), warnings }
}
