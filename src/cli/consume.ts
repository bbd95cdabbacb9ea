/** What `consume` reads: queues of topics from where `--offset` says, with a group or without. */
import { offsetsOf } from '../client/consumer-options.ts'
import { consumeGroup, type GroupSettings } from '../client/group-consumer.ts'
import { maxOffset, minOffset, offsetAtTime } from '../client/queue-offsets.ts'
import { type ReadPlan, readQueues } from '../client/queue-reader.ts'
import type { ReceivedMessage } from '../client/received-message.ts'
import { type QueuePlace, readableQueues } from '../client/routes.ts'
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import type { OffsetRange, Place } from './offsets.ts'

export interface ConsumeWish {
  readonly topics: readonly string[]
  readonly group: string | undefined
  readonly range: OffsetRange
  /** Stop at what is the end now. */
  readonly toEnd: boolean
  readonly tags: string
  readonly queue: number | undefined
  readonly broker: string | undefined
  /** With a group: when it keeps its offsets. */
  readonly commit: GroupSettings['commit']
  readonly orderly: boolean
  /** With a group: every member reads everything, with offsets in a file of this host. */
  readonly broadcast: boolean
  readonly signal: AbortSignal
}

/** A group that every broker has, for tools. */
const toolsGroup = 'TOOLS_CONSUMER'
const plansAtOnce = 8

/** The messages, as they come. */
export async function* consume(session: Session, wish: ConsumeWish): AsyncGenerator<ReceivedMessage> {
  const { topics, group, tags, signal, range } = wish
  if (group !== undefined) {
    if (range.to !== undefined || wish.queue !== undefined || wish.broker !== undefined) {
      throw new MqError('MQ_USAGE', 'a group decides itself which queues its members read, and where they end', {
        suggestions: ['leave --group out to read certain queues or ranges', 'stop with -N or -e']
      })
    }
    yield* consumeGroup(session, await groupSettings(session, group, wish))
    return
  }
  const places: QueuePlace[] = []
  for (const topic of topics) places.push(...chosen(topic, readableQueues(topic, await session.routes.of(topic)), wish))
  const plans: ReadPlan[] = []
  for (let at = 0; at < places.length; at += plansAtOnce) {
    plans.push(...(await Promise.all(places.slice(at, at + plansAtOnce).map(place => planOf(session, place, wish)))))
  }
  yield* readQueues(session, plans, { group: toolsGroup, tags, signal })
}

const groupSettings = async (session: Session, group: string, wish: ConsumeWish): Promise<GroupSettings> => {
  const { topics, tags, signal, commit = 'regularly', orderly, broadcast, toEnd } = wish
  const start = async (place: QueuePlace): Promise<number> => (await planOf(session, place, wish)).from
  const settings = { group, topics, tags, start, stopAtEnd: toEnd, signal, commit, orderly }
  if (!broadcast) return settings
  const offsets = await offsetsOf(session, { group, model: 'broadcasting' })
  return { ...settings, model: 'BROADCASTING', offsets }
}

const chosen = (topic: string, queues: readonly QueuePlace[], { queue, broker }: ConsumeWish): QueuePlace[] => {
  const wanted = queues.filter(
    place => (queue === undefined || place.queueId === queue) && (broker === undefined || place.brokerName === broker)
  )
  if (wanted.length > 0) return wanted
  const has = queues.slice(0, 16).map(place => `${place.brokerName}/${place.queueId}`)
  throw new MqError('MQ_NOT_FOUND', `the topic ${topic} has no such queue to read; it has ${has.join(' ') || 'none'}`)
}

const planOf = async (session: Session, place: QueuePlace, wish: ConsumeWish): Promise<ReadPlan> => {
  const [min, max] = await Promise.all([minOffset(session, place), maxOffset(session, place)])
  const resolve = async (spot: Place): Promise<number> => {
    if (spot.at === 'time') return offsetAtTime(session, place, spot.timeMs)
    return offsetOf(spot, min, max)
  }
  const from = Math.max(min, await resolve(wish.range.from))
  const ends = [...(wish.range.to === undefined ? [] : [await resolve(wish.range.to)]), ...(wish.toEnd ? [max] : [])]
  return ends.length === 0 ? { place, from } : { place, from, to: Math.min(...ends) }
}

/** What a place means for a queue that holds offsets min (inclusive) to max (exclusive). Pure. */
export const offsetOf = (spot: Exclude<Place, { at: 'time' }>, min: number, max: number): number => {
  switch (spot.at) {
    case 'start':
      return min
    case 'end':
      return max
    case 'after-start':
      return min + spot.messages
    case 'before-end':
      return Math.max(min, max - spot.messages)
    case 'offset':
      return spot.offset
  }
}
