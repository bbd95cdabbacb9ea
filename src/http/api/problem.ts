/** Errors as RFC 9457 tells them: for people in `detail`, for scripts in `errorCode`, `exitCode` and `retryable`. */
import { type ErrorCode, isMqError, MqError } from '../../kit/errors.ts'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errorCode: ErrorCode
  /** RocketMQ's response code, when a broker or NameServer answered with one. */
  readonly code?: number
  /** What the command line exits with for the same error. */
  readonly exitCode: number
  readonly retryable: boolean
  readonly suggestions: readonly string[]
  /** What is wrong where, when it is the request that is wrong. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[]
  /** The path that was asked. */
  readonly instance?: string
  /** `X-Request-Id`, by which the log has it. */
  readonly requestId?: string
}

const statuses: Partial<Record<ErrorCode, number>> = {
  MQ_USAGE: 422,
  MQ_CONFIG_INVALID: 422,
  MQ_MESSAGE_INVALID: 422,
  MQ_HEADER_INVALID: 502,
  MQ_BODY_INVALID: 502,
  MQ_FRAME_INVALID: 502,
  MQ_NOT_FOUND: 404,
  MQ_TOPIC_NOT_FOUND: 404,
  MQ_ALREADY_EXISTS: 409,
  MQ_PRECONDITION_FAILED: 412,
  MQ_NOT_PERMITTED: 403,
  MQ_CONNECT_FAILED: 502,
  MQ_CONNECTION_CLOSED: 502,
  MQ_SERVER_REFUSED: 502,
  MQ_NO_ROUTE: 503,
  MQ_STORE_UNAVAILABLE: 503,
  MQ_TIMEOUT: 504,
  MQ_TOO_BUSY: 429,
  MQ_NOT_SUPPORTED: 501
}

/** `status` where HTTP has a finer word than the error's code. */
export const problemOf = (error: MqError, status?: number, errors?: Problem['errors']): Problem => ({
  type: `urn:mq:error:${error.code.slice(3).toLowerCase().replaceAll('_', '-')}`,
  title: title(error.code),
  status: status ?? statuses[error.code] ?? 500,
  detail: error.message,
  errorCode: error.code,
  ...(error.responseCode === undefined ? {} : { code: error.responseCode }),
  exitCode: error.exitCode,
  retryable: error.retryable,
  suggestions: error.suggestions,
  ...(errors === undefined ? {} : { errors })
})

const title = (code: ErrorCode): string => {
  const words = code.slice(3).toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

interface Fault {
  readonly statusCode?: number
  readonly validation?: readonly {
    readonly instancePath: string
    readonly message?: string
    readonly params?: object
  }[]
  readonly validationContext?: string
}

/** What fastify and its validator raise about a request; undefined for what is not the caller's mistake. */
export const problemOfRequest = (error: unknown): Problem | undefined => {
  if (isMqError(error)) return problemOf(error)
  const { statusCode = 500, validation, validationContext = '' } = error as Fault
  if (validation !== undefined) {
    const errors = validation.map(({ instancePath, message = 'is wrong', params }) => ({
      field: `${validationContext}${instancePath}`,
      message: params === undefined ? message : `${message} ${JSON.stringify(params)}`
    }))
    const first = errors[0]!
    return problemOf(new MqError('MQ_USAGE', `${first.field} ${first.message}`), 422, errors)
  }
  if (statusCode < 400 || statusCode >= 500) return undefined
  return problemOf(new MqError('MQ_USAGE', error instanceof Error ? error.message : 'the request is wrong'), statusCode)
}
