/** The body of a message by itself, in the encoding that was asked for. Pure. */
import type { MessageRow } from '../admin/admin.ts'
import { errorText, MqError } from '../kit/errors.ts'

export const bodyEncodings = ['auto', 'utf8', 'hex', 'base64', 'json'] as const
export type BodyEncoding = (typeof bodyEncodings)[number]

/** `auto` = the bytes as they are; the others are text with a line break. Throws MQ_USAGE for `json` that is none. */
export const encodedBody = (
  { body, bodyEncoding }: Pick<MessageRow, 'body' | 'bodyEncoding'>,
  encoding: BodyEncoding
): Buffer | string => {
  const bytes = Buffer.from(body, bodyEncoding)
  switch (encoding) {
    case 'auto':
      return bytes
    case 'json':
      return `${JSON.stringify(parsed(bytes.toString('utf8')), undefined, 2)}\n`
    default:
      return `${bytes.toString(encoding)}\n`
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new MqError('MQ_USAGE', `the body is no JSON: ${errorText(error)}`, { suggestions: ['use --encoding auto'] })
  }
}
