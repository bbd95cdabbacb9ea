/**
 * What a failed command tells: for people one sentence and "Try this:", for scripts one JSON object (RFC 9457 in shape,
 * with mq's error code, exit code and next steps).
 */
import { errorText, isMqError, MqError } from '../kit/errors.ts'
import { internalProblem, type Problem, problemOf as problemOfError } from '../kit/problem.ts'
import { exitCodes } from './exit-codes.ts'

export type { Problem }

/** Anything thrown as a problem. What is neither ours nor a usage error is a bug, and says so. */
export const problemOf = (error: unknown, commandLine: string): Problem => {
  if (isMqError(error)) {
    const problem = problemOfError(error)
    // The parser puts words and line breaks around what the reader of a flag has thrown.
    const flag = /^Parsing (--[\w-]+) \s*([\s\S]*?)\s*See more help with --help$/.exec(problem.detail)
    return flag === null ? problem : { ...problem, detail: `${flag[1]}: ${flag[2]!.replaceAll(/\s*\n\s*/g, ' ')}` }
  }
  if (isUsage(error)) {
    // After a missing argument the parser goes on about flags that nobody used.
    const detail = errorText(error)
      .replace(/\s*See more help with --help$/, '')
      .replace(/\s*Note: --[\s\S]*$/, '')
    const suggestions = [`\`${commandLine} --help\` lists arguments, flags and examples`]
    return problemOfError(new MqError('MQ_USAGE', detail, { suggestions }))
  }
  const file = fileFault(error)
  if (file !== undefined) return problemOfError(new MqError('MQ_USAGE', file, { cause: error }))
  return internalProblem(errorText(error), [
    'this looks like a bug of mq: run the same command with --debug, and report what it prints'
  ])
}

/** Errors of the argument parser are oclif's own: most with its exit code for wrong usage, all with what was parsed. */
const isUsage = (error: unknown): boolean =>
  error instanceof Error &&
  ((error as { oclif?: { exit?: number } }).oclif?.exit === exitCodes.usage ||
    'parse' in error ||
    isOption(error.message))

/** The parser's error for a value that is none of the options carries nothing but its words. */
const isOption = (message: string): boolean => /^Expected .* to be one of: /.test(message)

const fileFaults = new Map([
  ['ENOENT', 'does not exist'],
  ['EACCES', 'may not be opened'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'is below something that is no directory']
])

/** A file that somebody named and that cannot be opened is no bug. */
const fileFault = (error: unknown): string | undefined => {
  const { code = '', syscall, path } = (error ?? {}) as NodeJS.ErrnoException
  const why = syscall === 'open' ? fileFaults.get(code) : undefined
  return why === undefined || path === undefined ? undefined : `${path} ${why}`
}

/** The lines for people. */
export const problemText = (problem: Problem, color: boolean): string => {
  const label = color ? '\u001b[31mError:\u001b[39m' : 'Error:'
  const [first, ...more] = problem.suggestions
  const lines = [`${label} ${problem.detail}`]
  if (first !== undefined) lines.push(`Try this: ${first}`, ...more.map(step => `      or: ${step}`))
  return lines.join('\n')
}
