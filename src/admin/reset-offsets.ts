/**
 * Moving what a group has consumed. First a plan, queue by queue, then exactly that plan: each queue is set to the
 * planned offset, not to whatever the broker finds for a time a moment later, so that the preview is the effect.
 */
import { commitOffset, committedOffset, maxOffset, minOffset, offsetAtTime } from '../client/queue-offsets.ts'
import { type QueuePlace, readableQueues } from '../client/routes.ts'
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { resetOffsetShape } from '../protocol/bodies/reset-offset.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { cloneGroupOffset } from '../protocol/requests/clone-group-offset.ts'
import { invokeBrokerToResetOffset } from '../protocol/requests/invoke-broker-to-reset-offset.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { isSystemGroup } from '../protocol/topic-names.ts'
import { fromEach } from './ask-brokers.ts'
import { groupOn } from './group-configs.ts'
import type { CloneResult, CloneWish, ResetResult, ResetRow, ResetTarget, ResetWish } from './group-rows.ts'
import { groupLag } from './groups.ts'
import { groupMembers } from './members.ts'
import { allMasters, freshRoute } from './targets.ts'

/** Rejects with MQ_NOT_FOUND (group, queue), MQ_TOPIC_NOT_FOUND; with the first failure when no queue could be set. */
export const resetOffset = async (session: Session, wish: ResetWish): Promise<ResetResult> => {
  const { group, topic } = wish
  const { found } = await groupOn(session, group, await allMasters(session))
  const places = placesOf(wish, readableQueues(topic, await freshRoute(session, topic)))
  const withGroup = new Set(found.map(({ master }) => master.brokerName))
  const usable = places.filter(place => withGroup.has(place.brokerName))
  const lacking = [...new Set(places.filter(place => !withGroup.has(place.brokerName)).map(place => place.brokerName))]
  const warnings = lacking.map(name => `${name} does not have the group ${group}, so nothing is reset there`)
  const planned = await mapBounded(usable, place => plan(session, wish, place))
  const { online } = await groupMembers(session, group)
  const failures: unknown[] = []
  const rows =
    wish.dryRun === true ? planned : await apply(session, wish, usable, planned, { online, warnings, failures })
  if (rows.length > 0 && failures.length === rows.length) throw failures[0]
  const sum = (effect: ResetRow['effect']): number =>
    rows.reduce((total, row) => total + (row.effect === effect && row.outcome !== 'failed' ? row.messages : 0), 0)
  return {
    group,
    topic,
    online,
    dryRun: wish.dryRun === true,
    replayed: sum('replay'),
    skipped: sum('skip'),
    queues: rows,
    warnings
  }
}

const placesOf = ({ topic, to, queueId, brokerName }: ResetWish, all: readonly QueuePlace[]): QueuePlace[] => {
  const named =
    to.kind === 'offsets' ? new Set(to.offsets.map(entry => `${entry.brokerName}/${entry.queueId}`)) : undefined
  const wanted = all.filter(
    place =>
      (queueId === undefined || place.queueId === queueId) &&
      (brokerName === undefined || place.brokerName === brokerName) &&
      (named === undefined || named.has(`${place.brokerName}/${place.queueId}`))
  )
  if (wanted.length > 0) return wanted
  const names = all.slice(0, 16).map(place => `${place.brokerName}/${place.queueId}`)
  throw new MqError('MQ_NOT_FOUND', `the topic ${topic} has no such queue; it has ${names.join(' ')}`)
}

const plan = async (session: Session, { group, to }: ResetWish, place: QueuePlace): Promise<ResetRow> => {
  const { brokerName, queueId } = place
  const [min, max] = await Promise.all([minOffset(session, place), maxOffset(session, place)])
  const from = await committedOffset(session, place, group)
  const target = Math.min(Math.max(await targetOf(session, to, place, min, max), min), max)
  // A group without an offset begins where its clients are told to; counted from the first message.
  const start = from ?? min
  return {
    brokerName,
    queueId,
    minOffset: min,
    maxOffset: max,
    ...(from === undefined ? {} : { from }),
    to: target,
    effect: target < start ? 'replay' : target > start ? 'skip' : 'none',
    messages: Math.abs(target - start),
    outcome: 'planned'
  }
}

const targetOf = async (
  session: Session,
  to: ResetTarget,
  place: QueuePlace,
  min: number,
  max: number
): Promise<number> => {
  switch (to.kind) {
    case 'start':
      return min
    case 'end':
      return max
    case 'time':
      return offsetAtTime(session, place, to.timeMs)
    case 'offset':
      return to.offset
    case 'offsets':
      return to.offsets.find(entry => entry.brokerName === place.brokerName && entry.queueId === place.queueId)!.offset
  }
}

interface Applying {
  readonly online: boolean
  readonly warnings: string[]
  readonly failures: unknown[]
}

const apply = (
  session: Session,
  { group, topic }: ResetWish,
  places: readonly QueuePlace[],
  planned: readonly ResetRow[],
  { online, warnings, failures }: Applying
): Promise<ResetRow[]> =>
  mapBounded(planned, async (row, index): Promise<ResetRow> => {
    const { brokerName, queueId, to } = row
    try {
      const done = await setOnBroker(session, places[index]!, group, to)
      if (!done && online) throw tooOld(brokerName)
      if (!done) await commitOffset(session, places[index]!, group, to)
      return { ...row, outcome: 'done' }
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      failures.push(error)
      warnings.push(`${topic} ${brokerName}/${queueId} keeps its offset: ${errorText(error)}`)
      return { ...row, outcome: 'failed' }
    }
  })

const tooOld = (brokerName: string): MqError =>
  new MqError('MQ_NOT_SUPPORTED', `${brokerName} cannot move the offsets of a group whose members are online`, {
    suggestions: ['stop the members, reset, and start them again']
  })

/**
 * Asks the broker to set one queue; false when it did not, as brokers before 5.0 and those without
 * useServerSideResetOffset: they know no offsets here, and what they are told (the end, but never forward) moves nothing.
 */
const setOnBroker = async (session: Session, place: QueuePlace, group: string, offset: number): Promise<boolean> => {
  const { topic, brokerName, queueId, addresses } = place
  const address = addresses.get(0)
  if (address === undefined) throw new MqError('MQ_NO_ROUTE', `the broker ${brokerName} has no master now`)
  const asking = {
    who: brokerName,
    what: `reset ${group} on ${topic}/${queueId}`,
    accept: [responseCodes.CONSUMER_NOT_ONLINE]
  }
  const wish = { group, topic, queueId, offset, timestamp: -1, isForce: false }
  const { command } = await session.ask(address, invokeBrokerToResetOffset, wish, asking)
  if (command.code !== 0 || command.body.length === 0) return false
  for (const [queue, set] of readBody(resetOffsetShape, command.body).offsetTable) {
    if (queue.topic === topic && queue.queueId === queueId) return set === offset
  }
  return false
}

/** Gives a group the offsets of another. Rejects with MQ_NOT_FOUND when `group` is not there. */
export const cloneOffsets = async (session: Session, wish: CloneWish): Promise<CloneResult> => {
  const { group, into, topic } = wish
  if (group === into || isSystemGroup(into)) {
    throw new MqError('MQ_USAGE', `the offsets of ${group} cannot be cloned into ${into}: choose another group`)
  }
  const all = await allMasters(session)
  const { found } = await groupOn(session, group, all)
  const { queues } = await groupLag(session, group, topic)
  const topics = [...new Set(queues.map(queue => queue.topic))].sort()
  const dryRun = wish.dryRun === true
  if (!dryRun) {
    const targets = found.map(({ master }) => master)
    const { warnings } = await fromEach(targets, 'no offsets were cloned there', async ({ brokerName, address }) => {
      const asking = { who: brokerName, what: `clone the offsets of ${group}` }
      // Topic by topic: asked for all at once, Apache's broker answers success and clones none.
      for (const one of topics) {
        const header = { srcGroup: group, destGroup: into, topic: one, offline: true }
        await session.ask(address, cloneGroupOffset, header, asking)
      }
    })
    if (warnings.length > 0) throw new MqError('MQ_SERVER_REFUSED', warnings.join('; '))
  }
  return { group, into, dryRun, topics, brokers: found.map(({ master }) => master.brokerName) }
}
