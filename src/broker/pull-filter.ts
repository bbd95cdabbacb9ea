/**
 * Which messages a subscription wants, by the tag codes of the consume queue. Codes are hashes, so a consumer compares the tag
 * itself once more. Codes are computed here from the expression: some clients send wrong ones.
 * Java: ExpressionMessageFilter, FilterAPI.
 */
import type { Subscription } from '../protocol/bodies/heartbeat.ts'
import { javaHashCode } from '../protocol/tags-code.ts'

export type TagFilter = (tagsCode: number) => boolean

/** Every message; read limits then need no filter at all. */
export const everyTag: TagFilter = () => true

/** `*`, nothing, or tags between `||`. Undefined for an expression without any tag. */
export const tagFilter = (expression: string): TagFilter | undefined => {
  if (expression === '' || expression === '*') return everyTag
  const tags = expression
    .split('||')
    .map(tag => tag.trim())
    .filter(tag => tag !== '')
  if (tags.length === 0) return undefined
  if (tags.length === 1) {
    const only = javaHashCode(tags[0]!)
    return code => (code | 0) === only
  }
  const codes = new Set(tags.map(javaHashCode))
  return code => codes.has(code | 0)
}

export const isTagType = (expressionType: string | undefined): boolean =>
  expressionType === undefined || expressionType === '' || expressionType === 'TAG'

/** A client's next heartbeat brings a new object, so the filters of old ones go with them. */
const filters = new WeakMap<Subscription, TagFilter>()

/** The filter of a heartbeat's subscription, made once. Nothing matches an expression without any tag. */
export const subscriptionFilter = (subscription: Subscription): TagFilter => {
  const known = filters.get(subscription)
  if (known !== undefined) return known
  const made = subscription.classFilterMode === true ? everyTag : (tagFilter(subscription.subString) ?? (() => false))
  filters.set(subscription, made)
  return made
}
