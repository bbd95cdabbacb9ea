/** Errors as RFC 9457 tells them: for people in `detail`, for scripts in `errorCode`, `exitCode` and `retryable`. */
import { isMqError, MqError } from '../../kit/errors.ts'
import { type Problem, problemOf } from '../../kit/problem.ts'

export { type Problem, problemOf }

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
