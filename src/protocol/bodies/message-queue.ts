/** One queue of one broker; also the key of several maps. Java: MessageQueue. */
import { record, type ShapeOf, text, whole } from './shape.ts'

export const messageQueueShape = record({ topic: text, brokerName: text, queueId: whole })
export type MessageQueue = ShapeOf<typeof messageQueueShape>
