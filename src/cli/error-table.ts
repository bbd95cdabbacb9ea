/** Codes as people meet them in logs of clients and servers: mq's own, and RocketMQ's response codes. Derived from the tables. */
import { namedRefusals } from '../client/refusal.ts'
import { type ErrorCode, type ErrorRow, errorRows } from '../kit/errors.ts'
import type { ErrorInfo } from './result-rows.ts'

const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ')

const info = (code: string, name: string, meaning: string, error: ErrorCode): ErrorInfo => {
  const { exitCode, retryable, suggestion }: ErrorRow = errorRows[error]
  return { code, name, exitCode, retryable, meaning, ...(suggestion === undefined ? {} : { suggestion }) }
}

const all = (): ErrorInfo[] => [
  ...Object.keys(errorRows).map(code => info(code, words(code.slice(3)), words(code.slice(3)), code as ErrorCode)),
  ...namedRefusals().map(({ code, name, error }) =>
    info(String(code), name, `a server answered ${words(name)}; mq calls it ${error}`, error)
  )
]

/** The rows of a code, a name, or a text in them; all of them without one. */
export const findErrors = (wanted: string | undefined): ErrorInfo[] => {
  const text = wanted
    ?.toLowerCase()
    .replace(/^code:?\s*/, '')
    .trim()
  if (text === undefined || text === '') return all()
  const exact = all().filter(row => row.code.toLowerCase() === text || row.name.toLowerCase() === text)
  if (exact.length > 0) return exact
  return all().filter(row => `${row.code} ${row.name} ${row.meaning}`.toLowerCase().includes(text))
}
