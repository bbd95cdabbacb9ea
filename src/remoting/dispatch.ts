/** From a request to its answer: finds the route, runs it, and turns whatever it throws into an answer. */
import { type ErrorCode, errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { type Command, commandFlags, emptyBody, type HeaderForm, noFields } from '../protocol/command.ts'
import { ownLanguage } from '../protocol/languages.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { ownVersion } from '../protocol/versions.ts'
import type { Answer, Asked, Router } from './router.ts'

/** The response code that stands for an error on the wire, unless the error carries one of its own. */
const codes: Partial<Record<ErrorCode, number>> = {
  MQ_TOPIC_NOT_FOUND: responseCodes.TOPIC_NOT_EXIST,
  MQ_NOT_FOUND: responseCodes.QUERY_NOT_FOUND,
  MQ_NOT_PERMITTED: responseCodes.NO_PERMISSION,
  MQ_MESSAGE_INVALID: responseCodes.MESSAGE_ILLEGAL,
  MQ_STORE_UNAVAILABLE: responseCodes.SERVICE_NOT_AVAILABLE,
  MQ_DISK_FULL: responseCodes.SERVICE_NOT_AVAILABLE,
  MQ_TOO_BUSY: responseCodes.SYSTEM_BUSY,
  MQ_NOT_SUPPORTED: responseCodes.REQUEST_CODE_NOT_SUPPORTED
}

/** Errors that the sender of a request can cause; they are its business, not the log's. */
const callersFault = new Set<ErrorCode>(['MQ_HEADER_INVALID', 'MQ_BODY_INVALID', 'MQ_FRAME_INVALID'])

/** Characters of a remark: what a request named may be in it, and must not make the answer too large to be sent. */
const remarkMax = 4096

const failure = (code: number, remark: string): Answer => ({
  code,
  remark: remark.slice(0, remarkMax),
  fields: noFields,
  body: emptyBody
})

/** What a request gets whose handler threw `error`. */
export const errorAnswer = (error: unknown): Answer => {
  if (!(error instanceof MqError)) return failure(responseCodes.SYSTEM_ERROR, `system error: ${errorText(error)}`)
  return failure(error.responseCode ?? codes[error.code] ?? responseCodes.SYSTEM_ERROR, error.message)
}

/** Whether `errorAnswer` had to fall back to "system error" for a fault of ours. */
const isOurFault = (error: unknown): boolean =>
  !(error instanceof MqError) ||
  (error.responseCode === undefined && codes[error.code] === undefined && !callersFault.has(error.code))

/** Never rejects. Undefined: the handler has answered by other means, or never will. */
export const answerTo = async (router: Router, asked: Asked, log: Logger): Promise<Answer | undefined> => {
  const { command, peer } = asked
  const route = router.get(command.code)
  if (route === undefined) {
    return failure(responseCodes.REQUEST_CODE_NOT_SUPPORTED, ` request type ${command.code} not supported`)
  }
  try {
    return await route.answer(asked)
  } catch (error) {
    if (isOurFault(error)) {
      const stack = error instanceof Error ? error.stack : undefined
      log.error(
        { request: route.request.name, remote: peer.remote, error: errorText(error), stack },
        'a request failed'
      )
    }
    return errorAnswer(error)
  }
}

/** The command that carries an answer: same opaque, same form as its request. */
export const responseTo = (asked: { readonly opaque: number; readonly form: HeaderForm }, answer: Answer): Command => ({
  code: answer.code,
  language: ownLanguage,
  version: ownVersion,
  opaque: asked.opaque,
  flag: commandFlags.response,
  remark: answer.remark,
  fields: answer.fields,
  body: answer.body,
  form: asked.form
})
