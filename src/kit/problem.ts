/**
 * Errors as RFC 9457 tells them, the same over HTTP and on the command line: for people in `detail`, for scripts in
 * `errorCode`, `exitCode` and `retryable`.
 */
import type { ErrorCode, MqError } from './errors.ts'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errorCode: ErrorCode | 'MQ_INTERNAL'
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

const title = (code: string): string => {
  const words = code.slice(3).toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** For what nobody raised on purpose: a bug, and it says so. */
export const internalProblem = (detail: string, suggestions: readonly string[]): Problem => ({
  type: 'urn:mq:error:internal',
  title: 'Internal',
  status: 500,
  detail,
  errorCode: 'MQ_INTERNAL',
  exitCode: 1,
  retryable: false,
  suggestions
})
