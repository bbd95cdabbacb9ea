/**
 * Reads several queues at once, without a group: nothing is committed, nobody else is disturbed. One pull per queue is
 * under way; the next is sent when its messages have been taken, so a slow reader holds at most one answer per queue.
 */
import { pause } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { type Pulled, pullOnce } from './pull.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

/** A queue, where to begin, and the offset to stop at (exclusive; absent = never). */
export interface ReadPlan {
  readonly place: QueuePlace
  readonly from: number
  readonly to?: number
}

export interface ReadSettings {
  /** Exists on every broker, for tools. */
  readonly group: string
  readonly tags: string
  readonly signal: AbortSignal
}

const messagesMax = 32
const suspendMs = 15_000
const retryMs = 1000

interface Reading {
  readonly place: QueuePlace
  readonly to: number
  offset: number
  brokerId: number
}

interface Arrived {
  readonly reading: Reading
  readonly pulled: Pulled | undefined
}

/** Messages as they come; ends when every queue has reached its end, or the signal fires. */
export async function* readQueues(
  session: Session,
  plans: readonly ReadPlan[],
  settings: ReadSettings
): AsyncGenerator<ReceivedMessage> {
  const aborted = new Promise<undefined>(resolve => {
    if (settings.signal.aborted) resolve(undefined)
    settings.signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  const open = new Map<Reading, Promise<Arrived>>()
  const start = (reading: Reading): void => {
    if (reading.offset >= reading.to) {
      open.delete(reading)
      return
    }
    const pull = pullNext(session, reading, settings)
    // When another queue fails first, nobody waits for this one any more.
    pull.catch(() => {})
    open.set(reading, pull)
  }
  for (const { place, from, to } of plans) {
    start({ place, offset: from, to: to ?? Number.POSITIVE_INFINITY, brokerId: 0 })
  }
  while (open.size > 0) {
    const arrived = await Promise.race([aborted, ...open.values()])
    if (arrived === undefined) return
    const { reading, pulled } = arrived
    if (pulled !== undefined) {
      for (const message of pulled.messages) {
        if (message.queueOffset < reading.to && !settings.signal.aborted) yield message
      }
      reading.offset = pulled.nextOffset
      reading.brokerId = pulled.brokerId
    }
    start(reading)
  }
}

/** One pull; a failure that may pass is reported and tried again after a pause. */
const pullNext = async (session: Session, reading: Reading, settings: ReadSettings): Promise<Arrived> => {
  const { place, offset, brokerId } = reading
  const { clock, log } = session.settings
  try {
    const wish = { place, offset, brokerId, messagesMax, suspendMs, subVersion: clock.now() }
    return { reading, pulled: await pullOnce(session, { ...wish, group: settings.group, tags: settings.tags }) }
  } catch (error) {
    if (!(error instanceof MqError) || !error.retryable) throw error
    log.warn({ error: errorText(error) }, `${place.brokerName} cannot be read now, trying again`)
    await pause(clock, retryMs)
    return { reading, pulled: undefined }
  }
}
