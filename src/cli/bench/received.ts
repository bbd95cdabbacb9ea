/** The receiving side of `bench`: reads queues from several clients, and notices what is missing or changed. */
import { consumeGroup } from '../../client/group-consumer.ts'
import { maxOffset, minOffset } from '../../client/queue-offsets.ts'
import { type ReadPlan, readQueues } from '../../client/queue-reader.ts'
import type { ReceivedMessage } from '../../client/received-message.ts'
import { type QueuePlace, readableQueues } from '../../client/routes.ts'
import type { Session } from '../../client/session.ts'
import { mapBounded } from '../../kit/bounded.ts'

const toolsGroup = 'TOOLS_CONSUMER'

/** Every queue of the topics, from its first message or from its end. `to` is what is its end now. */
export const plansOf = async (
  session: Session,
  topics: readonly string[],
  from: 'start' | 'end'
): Promise<Required<ReadPlan>[]> => {
  const places: QueuePlace[] = []
  for (const topic of topics) places.push(...readableQueues(topic, await session.routes.of(topic)))
  return mapBounded(places, async place => {
    const to = await maxOffset(session, place)
    return { place, from: from === 'end' ? to : await minOffset(session, place), to }
  })
}

/** Each client reads its share of the queues; `take` gets each message, false = enough. */
export const readAll = async (
  sessions: readonly Session[],
  plans: readonly ReadPlan[],
  signal: AbortSignal,
  take: (message: ReceivedMessage) => void
): Promise<void> => {
  const reading = sessions.map(async (session, client) => {
    const own = plans.filter((_, at) => at % sessions.length === client)
    const settings = { group: toolsGroup, tags: '*', signal }
    for await (const message of readQueues(session, own, settings)) take(message)
  })
  await Promise.all(reading)
}

/** The same as members of a group, which shares the queues itself. */
export const readAsGroup = async (
  sessions: readonly Session[],
  {
    group,
    topics,
    stopAtEnd,
    signal
  }: { group: string; topics: readonly string[]; stopAtEnd: boolean; signal: AbortSignal },
  take: (message: ReceivedMessage) => void
): Promise<void> => {
  const reading = sessions.map(async session => {
    const start = (place: QueuePlace): Promise<number> => minOffset(session, place)
    const settings = { group, topics, tags: '*', start, stopAtEnd, signal }
    for await (const message of consumeGroup(session, settings)) take(message)
  })
  await Promise.all(reading)
}

/** Finds gaps: within a queue each offset follows the one before. */
export class Gaps {
  readonly #next = new Map<string, number>()

  /** How many messages are missing before this one. */
  before({ topic, brokerName, queueId, queueOffset }: ReceivedMessage): number {
    const key = `${topic}\n${brokerName}\n${queueId}`
    const expected = this.#next.get(key) ?? queueOffset
    this.#next.set(key, queueOffset + 1)
    return Math.max(0, queueOffset - expected)
  }
}
