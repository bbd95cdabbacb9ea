/**
 * Every error that mq raises on purpose: a code for machines, one sentence for people, and what to do next.
 * `docs/errors.md` lists the same rows; a test compares them.
 */

/** One row of the table of errors. */
export interface ErrorRow {
  /** What the command line exits with; see docs/cli.md for the meaning of each number. */
  readonly exitCode: number
  /** Whether the same call may succeed later without a change by the caller. */
  readonly retryable: boolean
  /** What a person can do about it, when that does not depend on the case. */
  readonly suggestion?: string
}

const row = (exitCode: number, retryable: boolean, suggestion?: string): ErrorRow =>
  suggestion === undefined ? { exitCode, retryable } : { exitCode, retryable, suggestion }

export const errorRows = {
  MQ_USAGE: row(2, false),
  MQ_CONFIG_INVALID: row(2, false, 'correct the value and start again'),
  MQ_FRAME_INVALID: row(1, false),
  MQ_HEADER_INVALID: row(1, false),
  MQ_BODY_INVALID: row(1, false),
  MQ_MESSAGE_INVALID: row(2, false),
  MQ_NOT_FOUND: row(4, false),
  MQ_TOPIC_NOT_FOUND: row(4, false, 'create it with `mq topic create NAME`'),
  MQ_ALREADY_EXISTS: row(5, false),
  MQ_PRECONDITION_FAILED: row(5, false, 'read it again, then change it'),
  MQ_NOT_PERMITTED: row(6, false),
  MQ_CONNECT_FAILED: row(
    7,
    true,
    'check the address, and that the process runs: `mq namesrv status`, `mq broker status`'
  ),
  MQ_NO_ROUTE: row(7, true),
  MQ_TIMEOUT: row(8, true),
  MQ_CONNECTION_CLOSED: row(7, true),
  MQ_TOO_BUSY: row(1, true),
  MQ_NOT_SUPPORTED: row(10, false),
  MQ_DECLINED: row(11, false),
  MQ_SERVER_REFUSED: row(1, false),
  MQ_STORE_LOCKED: row(5, false, 'stop the other process, or choose another --data-dir'),
  MQ_STORE_CORRUPT: row(1, false, 'restore the range from a slave or a backup; nothing has been changed'),
  MQ_STORE_UNAVAILABLE: row(1, true),
  MQ_STORE_FORMAT: row(1, false),
  MQ_FLUSH_TIMEOUT: row(8, true),
  MQ_DISK_FULL: row(1, true, 'free disk space, or lower diskSpaceFreeBytesMin'),
  MQ_PORT_IN_USE: row(1, false, 'stop the other process, or choose another port with --port or --ports auto'),
  MQ_START_FAILED: row(1, false),
  MQ_ALREADY_RUNNING: row(5, false, 'stop it first, or choose another --data-dir'),
  MQ_NOT_RUNNING: row(4, false)
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorRows

export interface MqErrorOptions {
  readonly cause?: unknown
  /** Steps that fit this very case; they come before the row's own suggestion. */
  readonly suggestions?: readonly string[]
  /** RocketMQ's response code, when another process answered with one. */
  readonly responseCode?: number
}

/** An error with a code of the table above. Its message is one sentence: what is wrong and why. */
export class MqError extends Error {
  readonly code: ErrorCode
  readonly exitCode: number
  readonly retryable: boolean
  readonly suggestions: readonly string[]
  readonly responseCode: number | undefined

  constructor(code: ErrorCode, message: string, options: MqErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    const entry: ErrorRow = errorRows[code]
    this.name = 'MqError'
    this.code = code
    this.exitCode = entry.exitCode
    this.retryable = entry.retryable
    this.suggestions = [...(options.suggestions ?? []), ...(entry.suggestion === undefined ? [] : [entry.suggestion])]
    this.responseCode = options.responseCode
  }
}

/** The text of anything that was thrown, in one line. */
export const errorText = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ')

/** Told by its form: where a module was loaded twice, as loaders of TypeScript do, there are two classes of the name. */
export const isMqError = (error: unknown): error is MqError =>
  error instanceof Error && error.name === 'MqError' && Object.hasOwn(errorRows, (error as MqError).code)
