/**
 * What a failed command tells: for people one sentence and "Try this:", for scripts one JSON object (RFC 9457 in shape,
 * with mq's error code, exit code and next steps).
 */
import { type ErrorCode, errorText, MqError } from '../kit/errors.ts'
import { exitCodes } from './exit-codes.ts'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly code: ErrorCode | 'MQ_INTERNAL'
  /** RocketMQ's response code, when a server answered with one. */
  readonly responseCode?: number
  readonly exitCode: number
  readonly retryable: boolean
  readonly suggestions: readonly string[]
}

/** Anything thrown as a problem. What is neither ours nor a usage error is a bug, and says so. */
export const problemOf = (error: unknown, commandLine: string): Problem => {
  if (error instanceof MqError) {
    return {
      ...named(error.code, error.message),
      ...(error.responseCode === undefined ? {} : { responseCode: error.responseCode }),
      exitCode: error.exitCode,
      retryable: error.retryable,
      suggestions: error.suggestions
    }
  }
  if (isUsage(error)) {
    const detail = errorText(error).replace(/ ?See more help with --help$/, '')
    const suggestions = [`\`${commandLine} --help\` lists arguments, flags and examples`]
    return { ...named('MQ_USAGE', detail), exitCode: exitCodes.usage, retryable: false, suggestions }
  }
  return {
    ...named('MQ_INTERNAL', errorText(error)),
    exitCode: exitCodes.refused,
    retryable: false,
    suggestions: ['this looks like a bug of mq: run the same command with --debug, and report what it prints']
  }
}

/** All errors of the argument parser are oclif's own, with its exit code for wrong usage. */
const isUsage = (error: unknown): boolean =>
  error instanceof Error && (error as { oclif?: { exit?: number } }).oclif?.exit === exitCodes.usage

const named = (code: Problem['code'], detail: string): Pick<Problem, 'type' | 'title' | 'detail' | 'code'> => ({
  type: `urn:mq:error:${code}`,
  title: code.slice('MQ_'.length).toLowerCase().replaceAll('_', ' '),
  detail,
  code
})

/** The lines for people. */
export const problemText = (problem: Problem, color: boolean): string => {
  const label = color ? '\u001b[31mError:\u001b[39m' : 'Error:'
  const [first, ...more] = problem.suggestions
  const lines = [`${label} ${problem.detail}`]
  if (first !== undefined) lines.push(`Try this: ${first}`, ...more.map(step => `      or: ${step}`))
  return lines.join('\n')
}
