/** `produce`: sends a row of messages in their order, alone or in batches, as fast as they are stored or at a rate. */
import type { OutgoingMessage } from '../client/outgoing-message.ts'
import type { Producer } from '../client/producer.ts'
import { byHash } from '../client/queue-selectors.ts'
import type { SendReceipt } from '../client/send-receipt.ts'
import { type Clock, systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { pace } from './pace.ts'
import { shardingProperty } from './produce-input.ts'

export interface ProduceWish {
  /** How often each message is sent. */
  readonly count: number
  /** Messages in one request. */
  readonly batch: number
  /** Messages per second; undefined = as fast as they are stored. */
  readonly rate: number | undefined
  readonly oneway: boolean
  readonly signal: AbortSignal
}

/** One after a message is sent: its receipt, unless it was sent without an answer. */
export interface Sent {
  readonly message: OutgoingMessage
  readonly receipt: SendReceipt | undefined
}

/** Ends early when the signal fires; what is under way is finished first. Rejects as the producer does. */
export async function* produce(
  producer: Producer,
  messages: AsyncIterable<OutgoingMessage>,
  wish: ProduceWish,
  clock: Clock = systemClock
): AsyncGenerator<readonly Sent[]> {
  const steady = wish.rate === undefined ? undefined : pace(wish.rate, clock)
  let sent = 0
  for await (const batch of batches(repeated(messages, wish.count), wish.batch)) {
    await steady?.wait(sent, wish.signal)
    if (wish.signal.aborted) return
    yield await send(producer, batch, wish)
    sent += batch.length
  }
}

async function* repeated(messages: AsyncIterable<OutgoingMessage>, count: number): AsyncGenerator<OutgoingMessage> {
  for await (const message of messages) for (let left = count; left > 0; left--) yield message
}

/** A batch goes to one queue, so messages with different sharding keys do not share one. */
async function* batches(
  messages: AsyncIterable<OutgoingMessage>,
  size: number
): AsyncGenerator<readonly OutgoingMessage[]> {
  let batch: OutgoingMessage[] = []
  for await (const message of messages) {
    if (batch.length > 0 && shardingOf(batch[0]!) !== shardingOf(message)) {
      yield batch
      batch = []
    }
    batch.push(message)
    if (batch.length >= size) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

const shardingOf = ({ properties }: OutgoingMessage): string | undefined => {
  for (const [name, value] of properties ?? []) if (name === shardingProperty) return value
  return undefined
}

const send = async (
  producer: Producer,
  batch: readonly OutgoingMessage[],
  { oneway, batch: size }: ProduceWish
): Promise<readonly Sent[]> => {
  const [message] = batch
  const key = shardingOf(message!)
  const options = key === undefined || message!.queueId !== undefined ? {} : { selector: byHash(key) }
  if (oneway) {
    for (const each of batch) await producer.sendOneWay(each, options)
    return batch.map(each => ({ message: each, receipt: undefined }))
  }
  if (size === 1) return [{ message: message!, receipt: await producer.send(message!, options) }]
  const receipts = await producer.sendBatch(batch, options)
  return batch.map((each, at) => ({ message: each, receipt: receipts[at]! }))
}

/** Throws MQ_USAGE for flags that a batch cannot have. */
export const checkBatch = (batch: number, oneway: boolean, delayed: boolean, queue: number | undefined): void => {
  if (batch === 1) return
  const odd = oneway ? '--oneway' : delayed ? 'a delay' : queue === undefined ? undefined : '--queue'
  if (odd !== undefined)
    throw new MqError('MQ_USAGE', `--batch and ${odd} do not go together: RocketMQ has no such batch`)
}
