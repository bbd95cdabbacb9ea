/** What it means for us when a server answers with another code than success. */
import { type ErrorCode, MqError } from '../kit/errors.ts'
import type { Command } from '../protocol/command.ts'
import { responseCodeName, responseCodes } from '../protocol/response-codes.ts'

const errorCodes: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [responseCodes.SYSTEM_BUSY, 'MQ_TOO_BUSY'],
  [responseCodes.FLOW_CONTROL, 'MQ_TOO_BUSY'],
  [responseCodes.REQUEST_CODE_NOT_SUPPORTED, 'MQ_NOT_SUPPORTED'],
  [responseCodes.VERSION_NOT_SUPPORTED, 'MQ_NOT_SUPPORTED'],
  [responseCodes.MESSAGE_ILLEGAL, 'MQ_MESSAGE_INVALID'],
  [responseCodes.SERVICE_NOT_AVAILABLE, 'MQ_STORE_UNAVAILABLE'],
  [responseCodes.NO_PERMISSION, 'MQ_NOT_PERMITTED'],
  [responseCodes.TOPIC_NOT_EXIST, 'MQ_TOPIC_NOT_FOUND'],
  [responseCodes.TOPIC_EXIST_ALREADY, 'MQ_ALREADY_EXISTS'],
  [responseCodes.QUERY_NOT_FOUND, 'MQ_NOT_FOUND'],
  [responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST, 'MQ_NOT_FOUND'],
  [responseCodes.NO_MESSAGE, 'MQ_NOT_FOUND'],
  [responseCodes.BROKER_NOT_EXIST, 'MQ_NOT_FOUND'],
  [responseCodes.USER_NOT_EXIST, 'MQ_NOT_FOUND'],
  [responseCodes.POLICY_NOT_EXIST, 'MQ_NOT_FOUND'],
  [responseCodes.INVALID_PARAMETER, 'MQ_USAGE']
])

/** Every response code that has a name, and the error that it becomes here. */
export const namedRefusals = (): readonly {
  readonly code: number
  readonly name: string
  readonly error: ErrorCode
}[] =>
  Object.entries(responseCodes)
    .filter(([, code]) => code !== responseCodes.SUCCESS)
    .map(([name, code]) => ({ code, name, error: errorCodes.get(code) ?? 'MQ_SERVER_REFUSED' }))

/** The error of an answer; `who` and `what` make the sentence: "broker-a refused to send to orders: …". */
export const refusal = (answer: Command, who: string, what: string): MqError => {
  const remark = (answer.remark ?? '').replaceAll(/\s+/g, ' ').trim()
  const reason = remark === '' ? '' : `: ${remark.length > 500 ? `${remark.slice(0, 500)}…` : remark}`
  const name = responseCodeName(answer.code)
  return new MqError(
    errorCodes.get(answer.code) ?? 'MQ_SERVER_REFUSED',
    `${who} refused to ${what} (${name})${reason}`,
    {
      responseCode: answer.code
    }
  )
}
