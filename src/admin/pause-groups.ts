/** Whether brokers give a group messages, how its clients are to fetch them, and what it has committed. */
import type { Session } from '../client/session.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { groupConfigShape } from '../protocol/bodies/group-config.ts'
import { requestModeShape } from '../protocol/bodies/request-mode.ts'
import { writeBody } from '../protocol/bodies/shape.ts'
import { setMessageRequestMode } from '../protocol/requests/set-message-request-mode.ts'
import { updateAndCreateSubscriptiongroup } from '../protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateAndGetGroupForbidden } from '../protocol/requests/update-and-get-group-forbidden.ts'
import { isSystemGroup } from '../protocol/topic-names.ts'
import type { GroupMode, GroupOffsets, ModeWish, PausedGroup, PauseWish } from './group-acts.ts'
import { groupOn } from './group-configs.ts'
import { groupLag } from './groups.ts'
import type { BrokerOutcome } from './shared-rows.ts'
import { freshRoute, type Master, masters } from './targets.ts'

/**
 * A whole group by its setting consumeEnable, one topic of it by the broker's list of forbidden topics. Apache's
 * brokers look at that list only for consumers whose pulls do not bring their subscription along.
 */
export const pauseGroup = async (session: Session, wish: PauseWish): Promise<PausedGroup> => {
  const { group, topic, paused } = wish
  if (isSystemGroup(group)) throw new MqError('MQ_NOT_PERMITTED', `${group} is a group of the brokers themselves`)
  const { found, warnings } = await groupOn(session, group, await targetsOf(session, wish, topic))
  if (warnings.length > 0) throw new MqError('MQ_CONNECT_FAILED', `nothing was changed: ${warnings.join('; ')}`)
  const brokers: BrokerOutcome[] = []
  const failures: unknown[] = []
  for (const { master, config, paused: pausedTopics } of found) {
    const { brokerName, address } = master
    const isPaused = topic === undefined ? !config.consumeEnable : pausedTopics.includes(topic)
    if (isPaused === paused) brokers.push({ brokerName, outcome: 'unchanged' })
    else if (wish.dryRun === true) brokers.push({ brokerName, outcome: 'planned' })
    else {
      const done = outcomeOf(brokerName, failures, async () => {
        const asking = { who: brokerName, what: `${paused ? 'pause' : 'resume'} ${group}` }
        if (topic === undefined) {
          const body = writeBody(groupConfigShape, { ...config, consumeEnable: !paused })
          await session.ask(address, updateAndCreateSubscriptiongroup, {}, asking, body)
        } else await session.ask(address, updateAndGetGroupForbidden, { group, topic, readable: !paused }, asking)
      })
      brokers.push(await done)
    }
  }
  if (failures.length > 0 && failures.length === brokers.length) throw failures[0]
  return { group, ...(topic === undefined ? {} : { topic }), paused, dryRun: wish.dryRun === true, brokers }
}

/** Those that were named, of a topic those that have it. */
const targetsOf = async (
  session: Session,
  target: { readonly cluster?: string | undefined; readonly brokers?: readonly string[] | undefined },
  topic: string | undefined
): Promise<Master[]> => {
  const named = await masters(session, target)
  if (topic === undefined) return named
  const has = new Set((await freshRoute(session, topic)).brokerDatas.map(broker => broker.brokerName))
  return named.filter(master => has.has(master.brokerName))
}

const outcomeOf = async (
  brokerName: string,
  failures: unknown[],
  act: () => Promise<unknown>
): Promise<BrokerOutcome> => {
  try {
    await act()
    return { brokerName, outcome: 'done' }
  } catch (error) {
    if (!(error instanceof MqError)) throw error
    failures.push(error)
    return { brokerName, outcome: 'failed', error: errorText(error) }
  }
}

/** Rejects with what the first broker said when none could be set: MQ_NOT_SUPPORTED without POP. */
export const groupMode = async (session: Session, wish: ModeWish): Promise<GroupMode> => {
  const { group, topic, mode, popShareQueueNum = 0, dryRun = false } = wish
  const targets = await targetsOf(session, wish, topic)
  await groupOn(session, group, targets)
  const brokers: BrokerOutcome[] = []
  const failures: unknown[] = []
  for (const { brokerName, address } of targets) {
    if (dryRun) {
      brokers.push({ brokerName, outcome: 'planned' })
      continue
    }
    const asking = { who: brokerName, what: `let ${group} ${mode.toLowerCase()} ${topic}` }
    const body = writeBody(requestModeShape, { topic, consumerGroup: group, mode, popShareQueueNum })
    const ask = (): Promise<unknown> => session.ask(address, setMessageRequestMode, {}, asking, body)
    brokers.push(await outcomeOf(brokerName, failures, ask))
  }
  if (failures.length > 0 && failures.length === brokers.length) throw failures[0]
  return { group, topic, mode, dryRun, brokers }
}

/** What a group has committed; a queue of which nothing was consumed counts as one without an offset. */
export const groupOffsets = async (
  session: Session,
  group: string,
  topic: string | undefined
): Promise<GroupOffsets> => {
  const { queues, warnings } = await groupLag(session, group, topic)
  const offsets = queues
    .filter(queue => queue.consumerOffset > 0)
    .map(({ brokerName, queueId, consumerOffset, ...queue }) => ({
      topic: queue.topic,
      brokerName,
      queueId,
      offset: consumerOffset
    }))
  return { group, offsets, warnings }
}
