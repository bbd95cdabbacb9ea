/** `--match RE`: names by a regular expression that must match the whole name. */
import { errorText, MqError } from '../kit/errors.ts'

/** Without a pattern every name matches. Throws MQ_USAGE when it is no regular expression. */
export const namePattern = (pattern: string | undefined): RegExp => {
  if (pattern === undefined) return /^/
  try {
    return new RegExp(`^(?:${pattern})$`)
  } catch (error) {
    throw new MqError('MQ_USAGE', `--match ${JSON.stringify(pattern)} is wrong: ${errorText(error)}`)
  }
}
