/** `consume` from message to message: shows each, hands back what failed, and counts. Nothing is acknowledged before that. */
import { asSent, sendBack } from '../client/handling.ts'
import type { ReceivedMessage } from '../client/received-message.ts'
import { readableQueues } from '../client/routes.ts'
import type { Session } from '../client/session.ts'
import { type Clock, systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { type ConsumeWish, consume } from './consume.ts'
import type { Interrupts } from './interrupts.ts'
import { isReaderGone } from './lines.ts'
import type { MessageFilter } from './message-filter.ts'
import type { MessageSink } from './message-sink.ts'
import { waitFor } from './pace.ts'

export interface RunWish {
  readonly wish: Omit<ConsumeWish, 'signal'>
  readonly sink: MessageSink
  readonly filter: MessageFilter
  /** Stop after so many messages. */
  readonly num: number | undefined
  readonly interrupts: Interrupts
  /** Called once, with the first message. */
  readonly onFirst: () => void
}

export interface RunResult {
  /** Messages that were shown. */
  readonly shown: number
  /** Of those, how many failed and will come again. */
  readonly handedBack: number
  /** How many failed and will not come again by themselves. */
  readonly failed: number
}

/** Tries after the first, as brokers and Apache's clients have it. */
const triesMax = 16
/** Before an orderly reader shows the same message again. Java: ConsumeMessageOrderlyService. */
const orderlyPauseMs = 1000

export const runConsume = async (
  session: Session,
  { wish, sink, filter, num, interrupts, onFirst }: RunWish,
  clock: Clock = systemClock
): Promise<RunResult> => {
  const result = { shown: 0, handedBack: 0, failed: 0 }
  try {
    for await (const message of consume(session, { ...wish, signal: interrupts.signal })) {
      if (result.shown === 0) onFirst()
      if (!filter(message)) continue
      const shown = asSent(message)
      let done = await sink(shown, result.shown)
      while (!done && wish.orderly && !wish.broadcast && wish.commit !== 'never') {
        await waitFor(clock, orderlyPauseMs, interrupts.signal)
        // A message that was not done is not taken: the group has it again.
        if (interrupts.signal.aborted) return result
        done = await sink(shown, result.shown)
      }
      result.shown++
      if (!done) result[(await handBack(session, message, wish)) ? 'handedBack' : 'failed']++
      // The reader goes on once more, so that a group commits this message too.
      if (result.shown === num) interrupts.end()
    }
  } catch (error) {
    // What the reader did not get is not taken either.
    if (!isReaderGone(error)) throw error
  }
  return result
}

/** Whether it will come again. */
const handBack = async (session: Session, message: ReceivedMessage, wish: RunWish['wish']): Promise<boolean> => {
  const { group } = wish
  if (group === undefined || wish.broadcast || wish.commit === 'never') return false
  const { topic, brokerName, queueId } = message
  const queues = readableQueues(topic, await session.routes.of(topic))
  const place = queues.find(queue => queue.brokerName === brokerName && queue.queueId === queueId)
  if (place === undefined) throw new MqError('MQ_NO_ROUTE', `the queue ${brokerName}/${queueId} of ${topic} is away`)
  await sendBack(session, place, message, { group, level: 0, triesMax })
  return true
}
