/** Creating, changing and deleting consumer groups. */
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import { type GroupConfig, groupConfigShape } from '../protocol/bodies/group-config.ts'
import { readBody, writeBody } from '../protocol/bodies/shape.ts'
import { deleteSubscriptiongroup } from '../protocol/requests/delete-subscriptiongroup.ts'
import { updateAndCreateSubscriptiongroup } from '../protocol/requests/update-and-create-subscriptiongroup.ts'
import { groupNameFault, isSystemGroup } from '../protocol/topic-names.ts'
import { groupConfigs, groupOn } from './group-configs.ts'
import type { Deleted, DeleteOptions, GroupOptions, GroupSpec, PutGroup } from './group-rows.ts'
import { masters } from './targets.ts'

export const putGroup = async (session: Session, spec: GroupSpec, options: GroupOptions): Promise<PutGroup> => {
  const { group } = spec
  const fault = groupNameFault(group)
  if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
  const targets = await masters(session, options)
  const there = new Map<string, GroupConfig>()
  for (const master of targets) {
    const config = (await groupConfigs(session, master)).find(entry => entry.groupName === group)
    if (config !== undefined) there.set(master.brokerName, config)
  }
  if (there.size > 0 && options.existing === 'fail') {
    throw new MqError('MQ_ALREADY_EXISTS', `the group ${group} exists already on ${[...there.keys()].join(', ')}`)
  }
  const chosen = options.existing === 'keep' ? targets.filter(target => !there.has(target.brokerName)) : targets
  const dryRun = options.dryRun === true
  for (const { brokerName, address } of dryRun ? [] : chosen) {
    const body = writeBody(groupConfigShape, merged(there.get(brokerName) ?? defaults(group), spec))
    const asking = { who: brokerName, what: `set up the group ${group}` }
    await session.ask(address, updateAndCreateSubscriptiongroup, {}, asking, body)
  }
  const outcome = chosen.length === 0 ? 'kept' : there.size > 0 ? 'updated' : 'created'
  const brokers = (chosen.length === 0 ? targets : chosen).map(target => target.brokerName)
  return { group, outcome, brokers, dryRun }
}

/** What a body that names nothing but the group stands for. */
const defaults = (group: string): GroupConfig => readBody(groupConfigShape, JSON.stringify({ groupName: group }))

const merged = (config: GroupConfig, spec: GroupSpec): GroupConfig => ({
  ...config,
  consumeEnable: spec.consumeEnable ?? config.consumeEnable,
  consumeBroadcastEnable: spec.consumeBroadcastEnable ?? config.consumeBroadcastEnable,
  consumeMessageOrderly: spec.consumeMessageOrderly ?? config.consumeMessageOrderly,
  retryQueueNums: spec.retryQueueNums ?? config.retryQueueNums,
  retryMaxTimes: spec.retryMaxTimes ?? config.retryMaxTimes,
  consumeTimeoutMinute: spec.consumeTimeoutMinute ?? config.consumeTimeoutMinute,
  consumeFromMinEnable: spec.consumeFromMinEnable ?? config.consumeFromMinEnable,
  brokerId: spec.brokerId ?? config.brokerId,
  whichBrokerWhenConsumeSlowly: spec.whichBrokerWhenConsumeSlowly ?? config.whichBrokerWhenConsumeSlowly,
  notifyConsumerIdsChangedEnable: spec.notifyConsumerIdsChangedEnable ?? config.notifyConsumerIdsChangedEnable
})

/** Deletes the group and, unless they are to stay, its offsets. Its retry and dead letter topics stay: they hold messages. */
export const deleteGroup = async (session: Session, group: string, options: DeleteOptions): Promise<Deleted> => {
  if (isSystemGroup(group)) {
    throw new MqError('MQ_NOT_PERMITTED', `${group} is a group of the brokers themselves, so it was not deleted`)
  }
  const { found, warnings } = await groupOn(session, group, await masters(session, options))
  if (warnings.length > 0) {
    throw new MqError(
      'MQ_CONNECT_FAILED',
      `nothing was deleted, since not every broker answers: ${warnings.join('; ')}`
    )
  }
  const dryRun = options.dryRun === true
  for (const { master } of dryRun ? [] : found) {
    const asking = { who: master.brokerName, what: `delete the group ${group}` }
    const wish = { groupName: group, cleanOffset: options.withOffsets !== false }
    await session.ask(master.address, deleteSubscriptiongroup, wish, asking)
  }
  return { brokers: found.map(({ master }) => master.brokerName), dryRun }
}
