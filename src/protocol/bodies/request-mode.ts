/** How a group's consumers are to fetch a topic. Java: SetMessageRequestModeRequestBody, MessageRequestModeSerializeWrapper. */
import { or, record, type ShapeOf, text, whole } from './shape.ts'
import { table } from './tables.ts'

/** Body of SET_MESSAGE_REQUEST_MODE. */
export const requestModeShape = record({
  topic: text,
  consumerGroup: text,
  /** `PULL` or `POP`. */
  mode: or(text, 'PULL'),
  popShareQueueNum: whole
})
export type RequestMode = ShapeOf<typeof requestModeShape>

/** Answer of GET_ALL_MESSAGE_REQUEST_MODE: by topic, then by group. */
export const requestModesShape = record({ messageRequestModeMap: table(table(requestModeShape)) })
