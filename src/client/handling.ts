/** One message in the hands of the program: its time, its end, and what follows. Java: ConsumeMessageConcurrentlyService. */
import type { Clock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { propertyNames } from '../protocol/message-properties.ts'
import { consumerSendMsgBack } from '../protocol/requests/consumer-send-msg-back.ts'
import { isRetryTopic } from '../protocol/topic-names.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

export interface HandlerContext {
  /**
   * Fires when the message took longer than `consumeTimeoutMs`. What the handler of a concurrent consumer does after that
   * does not count; an orderly consumer waits for its end all the same, since the next message must not overtake it.
   */
  readonly signal: AbortSignal
  /** 1 for the first time. */
  readonly attempt: number
}

/**
 * Returns (or resolves) when the message is done. Throws (or rejects) for it to come again later; so does an answer
 * `{ retry }` with a delay level: 0 = the broker decides by the number of tries, below 0 = into the dead letter queue.
 */
export type MessageHandler = (message: ReceivedMessage, context: HandlerContext) => unknown | Promise<unknown>

export interface Handled {
  readonly kind: 'done' | 'retry' | 'thrown' | 'late'
  /** Delay level of a retry. */
  readonly level: number
  readonly reason: string
  readonly tookMs: number
}

/** What timed out comes again after level 3, 10 s. Java: ProcessQueue.cleanExpiredMsg. */
const lateLevel = 3

export interface HandleSettings {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly attempt: number
  /** Wait for the handler's end even when it is late. */
  readonly toTheEnd: boolean
  /** Hears of a handler that is late. */
  readonly onLate: (error: MqError) => void
}

/** Never rejects. */
export const handle = (
  handler: MessageHandler,
  message: ReceivedMessage,
  { clock, timeoutMs, attempt, toTheEnd, onLate }: HandleSettings
): Promise<Handled> => {
  const began = clock.monotonic()
  const controller = new AbortController()
  return new Promise(resolve => {
    const end = (kind: Handled['kind'], level: number, reason: string): void => {
      timer.cancel()
      resolve({ kind, level, reason, tookMs: Math.round(clock.monotonic() - began) })
    }
    const timer = clock.after(timeoutMs, () => {
      const late = new MqError('MQ_TIMEOUT', `the message ${message.messageId} was not done within ${timeoutMs} ms`)
      onLate(late)
      if (!toTheEnd) end('late', lateLevel, late.message)
      controller.abort(late)
    })
    // In a promise, so that a handler that throws at once is one that rejects.
    Promise.resolve()
      .then(() => handler(message, { signal: controller.signal, attempt }))
      .then(
        answer => {
          const level = retryLevel(answer)
          if (level === undefined) end('done', 0, '')
          else end('retry', level, 'the handler asks for it')
        },
        error => end('thrown', 0, errorText(error))
      )
  })
}

const retryLevel = (answer: unknown): number | undefined => {
  if (typeof answer !== 'object' || answer === null || !('retry' in answer)) return undefined
  return typeof answer.retry === 'number' ? answer.retry : 0
}

/** A message that comes again shows the topic that it was sent to. */
export const asSent = (message: ReceivedMessage): ReceivedMessage => {
  const topic = isRetryTopic(message.topic) ? message.properties.get(propertyNames.RETRY_TOPIC) : undefined
  return topic === undefined ? message : { ...message, topic }
}

/** Hands a message back to its broker, to come again or to be a dead letter. Rejects as brokers refuse, or do not answer. */
export const sendBack = async (
  session: Session,
  place: QueuePlace,
  message: ReceivedMessage,
  { group, level, triesMax }: { readonly group: string; readonly level: number; readonly triesMax: number }
): Promise<void> => {
  const address = place.addresses.get(0)
  if (address === undefined) throw new MqError('MQ_NO_ROUTE', `the master of ${place.brokerName} is away`)
  await session.ask(
    address,
    consumerSendMsgBack,
    {
      offset: message.physicalOffset,
      group,
      delayLevel: level,
      originMsgId: message.offsetMessageId,
      originTopic: message.topic,
      unitMode: false,
      maxReconsumeTimes: triesMax,
      bname: place.brokerName
    },
    { who: place.brokerName, what: `take back a message of ${message.topic}` }
  )
}
