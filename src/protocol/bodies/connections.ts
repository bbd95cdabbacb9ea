/** Who is connected. Java: Connection, ConsumerConnection, ProducerConnection, ProducerInfo, ProducerTableInfo. */
import { subscriptionShape } from './heartbeat.ts'
import { list, maybe, oneOf, record, type ShapeOf, text, whole } from './shape.ts'
import { table } from './tables.ts'

export const connectionShape = record({
  clientId: text,
  /** `host:port`. */
  clientAddr: text,
  /** Name as in languages.ts. */
  language: maybe(text),
  version: whole
})
export type Connection = ShapeOf<typeof connectionShape>

/** Answer of GET_CONSUMER_CONNECTION_LIST. */
export const consumerConnectionShape = record({
  connectionSet: list(connectionShape),
  subscriptionTable: table(subscriptionShape),
  consumeType: oneOf('CONSUME_PASSIVELY', 'CONSUME_ACTIVELY', 'CONSUME_POP'),
  messageModel: oneOf('CLUSTERING', 'BROADCASTING', 'LITE_SELECTIVE'),
  consumeFromWhere: maybe(text)
})
export type ConsumerConnection = ShapeOf<typeof consumerConnectionShape>

/** Answer of GET_PRODUCER_CONNECTION_LIST. */
export const producerConnectionShape = record({ connectionSet: list(connectionShape) })
export type ProducerConnection = ShapeOf<typeof producerConnectionShape>

export const producerInfoShape = record({
  clientId: text,
  /** `/host:port`, as Java prints a socket address. */
  remoteIP: maybe(text),
  language: maybe(text),
  version: whole,
  lastUpdateTimestamp: whole
})
export type ProducerInfo = ShapeOf<typeof producerInfoShape>

/** Answer of GET_ALL_PRODUCER_INFO: producers by group. */
export const producerTableInfoShape = record({ data: table(list(producerInfoShape)) })
export type ProducerTableInfo = ShapeOf<typeof producerTableInfoShape>
