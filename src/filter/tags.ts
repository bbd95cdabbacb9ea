/**
 * Tag filters: a subscription becomes a test of the tag codes that a consume queue keeps. Codes are hashes, so the test
 * lets a few strangers through; consumers compare the texts themselves. Java: FilterAPI, DefaultMessageFilter.
 */
import { MqError } from '../kit/errors.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { javaHashCode } from '../protocol/tags-code.ts'

/** What a filter is made from; a Subscription of a heartbeat is one. */
export interface TagSubscription {
  /** `*`, nothing, or tags between `||`. */
  readonly subString: string
  /** Absent or `TAG`. */
  readonly expressionType?: string
  /** Hash codes that the client computed; go clients write them as text. */
  readonly codeSet?: readonly (number | string)[]
}

const everyTag = '*'

/** Characters of one expression. */
const expressionLengthMax = 8192

/** Codes of one subscription that are looked at; a client has one for each tag. */
const codesMax = 4096

const refused = (message: string): MqError =>
  new MqError('MQ_NOT_SUPPORTED', message, { responseCode: responseCodes.SUBSCRIPTION_PARSE_FAILED })

/** Whether an expression lets everything through. */
const isEveryTag = (expression: string): boolean => expression.trim() === '' || expression.trim() === everyTag

/**
 * The tags of an expression, without doubles; empty for every tag. Throws MQ_NOT_SUPPORTED with response code 23 when
 * there is none between the bars, or the expression is too long.
 */
const parseTags = (expression: string): readonly string[] => {
  if (expression.length > expressionLengthMax) {
    throw refused(`a tag expression of ${expression.length} characters exceeds ${expressionLengthMax}`)
  }
  if (isEveryTag(expression)) return []
  const tags = expression.split('||').map(tag => tag.trim())
  const named = new Set(tags.filter(tag => tag !== ''))
  if (named.size === 0) throw refused(`the tag expression ${JSON.stringify(expression.slice(0, 64))} names no tag`)
  return [...named]
}

/** Throws MQ_NOT_SUPPORTED with response code 23 for SQL92 and unknown types of expression. */
const checkExpressionType = (expressionType: string | undefined): void => {
  if (expressionType === undefined || expressionType === '' || expressionType === 'TAG') return
  const sql = 'filtering by SQL92 is not supported yet; filter by tags, or in the consumer'
  throw refused(
    expressionType === 'SQL92' ? sql : `the expression type ${JSON.stringify(expressionType.slice(0, 32))} is unknown`
  )
}

/** The test that a pull puts to each entry of a consume queue; undefined when every entry matches. */
export type TagTest = (tagsCode: number) => boolean

/**
 * Compiles a subscription. Tags are hashed here as well as taken from codeSet: go clients compute wrong codes for tags
 * beyond ASCII, and some clients send no codes. Throws MQ_NOT_SUPPORTED with response code 23.
 */
export const tagTest = (subscription: TagSubscription): TagTest | undefined => {
  checkExpressionType(subscription.expressionType)
  const tags = parseTags(subscription.subString)
  if (tags.length === 0) return undefined
  const codes = new Set(tags.map(javaHashCode))
  for (const code of (subscription.codeSet ?? []).slice(0, codesMax)) {
    const number = Number(code)
    if (Number.isInteger(number)) codes.add(number | 0)
  }
  const only = codes.size === 1 ? [...codes][0] : undefined
  return only === undefined ? code => codes.has(code | 0) : code => (code | 0) === only
}
