/** The tag filter of a heartbeat's subscription, compiled once and kept with it. */
import { type TagTest, tagTest } from '../../filter/tags.ts'
import type { Subscription } from '../../protocol/bodies/heartbeat.ts'

/** Every message; read limits then need no filter at all. */
export const everyMessage: TagTest = () => true
const noMessage: TagTest = () => false

/** A client's next heartbeat brings a new object, so the filters of old ones go with them. */
const filters = new WeakMap<Subscription, TagTest>()

export const isTagType = (expressionType: string | undefined): boolean =>
  expressionType === undefined || expressionType === '' || expressionType === 'TAG'

/** Of a subscription by tags; nothing matches an expression that names none. */
export const subscriptionFilter = (subscription: Subscription): TagTest => {
  const known = filters.get(subscription)
  if (known !== undefined) return known
  const made = compiled(subscription)
  filters.set(subscription, made)
  return made
}

const compiled = (subscription: Subscription): TagTest => {
  if (subscription.classFilterMode === true) return everyMessage
  try {
    return tagTest(subscription) ?? everyMessage
  } catch {
    return noMessage
  }
}
