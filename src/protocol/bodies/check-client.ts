/** A subscription to be checked. Java: CheckClientRequestBody. */
import { subscriptionShape } from './heartbeat.ts'
import { maybe, record, type ShapeOf, text } from './shape.ts'

export const checkClientShape = record({
  clientId: maybe(text),
  group: maybe(text),
  subscriptionData: maybe(subscriptionShape),
  namespace: maybe(text)
})
export type CheckClient = ShapeOf<typeof checkClientShape>
