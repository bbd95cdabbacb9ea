/**
 * The base of every command: turns errors into a sentence, next steps and an exit code; knows the terminal; opens and
 * closes the connection. A command returns its result and prints it, so that `--json` costs nothing.
 */
import { Command, Errors, Flags } from '@oclif/core'
import type { Admin } from '../admin/admin.ts'
import { systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { Connection } from './connection.ts'
import type { ConnectionFlags } from './flags.ts'
import { problemOf, problemText } from './problem.ts'
import type { ResultShape } from './result.ts'
import { type StatusView, statusLines } from './status-lines.ts'
import { type Column, type Screen, table } from './table.ts'

/** Lists as scripts see them. */
export interface ListResult<Item> {
  readonly items: readonly Item[]
  /** Whether more would have matched. */
  readonly truncated: boolean
  /** Where to go on, for the flag that the command names. */
  readonly next: string | null
  /** What could not be found out, a broker that did not answer, say. */
  readonly warnings: readonly string[]
}

export abstract class MqCommand extends Command {
  /** What `run` resolves to; each command that does not stream says so: `static override result = listOf('TopicRow')`. */
  static result: ResultShape | undefined
  /** Commands that write JSON lines name the interface of a line instead. */
  static streamOf: string | undefined

  static override enableJsonFlag = true
  static override baseFlags = {
    debug: Flags.boolean({ description: 'print the stack of an error', helpGroup: 'GLOBAL' })
  }

  #connection: Connection | undefined

  protected override async init(): Promise<void> {
    await super.init()
    // A reader that went away (`mq consume t | head`) is no error.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }

  /** The connection of this command; closed when the command ends. */
  protected async connect(flags: ConnectionFlags): Promise<Connection> {
    const { connect } = await import('./connection.ts')
    this.#connection ??= await connect(flags, this.argv.includes('--debug'))
    return this.#connection
  }

  protected async admin<T>(flags: ConnectionFlags, act: (admin: Admin) => Promise<T>): Promise<T> {
    const { admin } = await this.connect(flags)
    return act(admin)
  }

  /** The end of a daemon's command: the status of one that was detached, or the exit code of one that has served. */
  protected served(result: StatusView | number): StatusView {
    if (typeof result === 'number') return this.exit(result)
    this.printStatus(result)
    return result
  }

  protected printStatus(status: StatusView): void {
    for (const line of statusLines(status, systemClock.now())) this.log(line)
  }

  protected get screen(): Screen {
    const { stdout, env } = process
    const asked = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0'
    const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
    return { width: stdout.isTTY ? stdout.columns : undefined, color: asked || (stdout.isTTY === true && !refused) }
  }

  protected table<Row>(rows: Iterable<Row>, columns: readonly Column<Row>[]): void {
    for (const line of table(rows, columns, this.screen)) this.log(line)
  }

  /** Ends with a result that has been shown and yet is not all well: a threshold is passed, or a part failed. */
  protected endWith(result: unknown, exitCode: number): never {
    if (this.jsonEnabled()) this.logJson(this.toSuccessJson(result))
    return this.exit(exitCode)
  }

  /** Prints what could not be found out, on stderr. */
  protected warnAll(warnings: readonly string[]): void {
    if (!this.wantsJson()) for (const warning of warnings) process.stderr.write(`Warning: ${warning}\n`)
  }

  /** Whether results are for a script; also true for commands that stream JSON lines. */
  protected wantsJson(): boolean {
    const before = this.argv.indexOf('--')
    return (before < 0 ? this.argv : this.argv.slice(0, before)).includes('--json')
  }

  protected override async catch(error: Error): Promise<void> {
    if (error instanceof Errors.ExitError) throw error
    const line = `${this.config.bin} ${(this.id ?? '').replaceAll(':', ' ')}`.trim()
    const problem = problemOf(this.#betterUsage(error), line)
    if (this.wantsJson()) process.stdout.write(`${JSON.stringify(problem, undefined, 2)}\n`)
    else process.stderr.write(`${problemText(problem, this.screen.color && process.stderr.isTTY === true)}\n`)
    if (this.argv.includes('--debug')) process.stderr.write(`${stackText(error)}\n`)
    await this.finally(error)
    this.exit(problem.exitCode)
  }

  /** Names the flag that was meant, where the parser knows only that it was none. */
  #betterUsage(error: Error): Error {
    const unknown = (error as { flags?: unknown }).flags
    if (!(error instanceof Errors.CLIError) || !Array.isArray(unknown) || typeof unknown[0] !== 'string') return error
    const flags = ['json', 'help', ...Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags })]
    const meant = nearest(unknown[0].replace(/^--?/, ''), flags)
    if (meant === undefined) return error
    return new MqError('MQ_USAGE', `there is no flag ${unknown[0]}`, { suggestions: [`did you mean --${meant}?`] })
  }

  protected override async finally(_error: Error | undefined): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    await connection?.close()
  }
}

const stackText = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\nCaused by: ${stackText(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
