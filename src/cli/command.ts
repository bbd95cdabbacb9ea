/**
 * The base of every command: turns errors into a sentence, next steps and an exit code; knows the terminal; opens and
 * closes the connection. A command returns its result and prints it, so that `--json` costs nothing.
 */
import { format } from 'node:util'
import { Command, Errors, type Interfaces } from '@oclif/core'
import type { Admin } from '../admin/admin.ts'
import { systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { Connection } from './connection.ts'
import { type ConnectionFlags, globalFlags, parseDuration } from './flags.ts'
import { type Format, formatWish, parseFormat, printed } from './outputs.ts'
import { problemOf, problemText } from './problem.ts'
import type { Reach, ReachFlags } from './reach.ts'
import type { ResultShape } from './result.ts'
import { shapedTable } from './shaped-table.ts'
import { type StatusView, statusLines } from './status-lines.ts'
import { type Column, type Screen, tableParts } from './table.ts'

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

type FlagValues = Interfaces.OutputFlags<Interfaces.FlagInput>
type ArgValues = Interfaces.OutputArgs<Interfaces.ArgInput>

/** Flags that the base itself reads. */
interface AskedFlags {
  readonly columns?: string | undefined
  readonly sort?: string | undefined
  readonly 'no-header'?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
}

/** Every command that changes something has the flag, and none else. */
const isChange = (command: typeof Command): boolean => 'dry-run' in (command.flags ?? {})

const write = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

export abstract class MqCommand extends Command {
  /** What `run` resolves to; each command that does not stream says so: `static override result = listOf('TopicRow')`. */
  static result: ResultShape | undefined
  /** Commands that write JSON lines name the interface of a line instead. */
  static streamOf: string | undefined

  /** The field that `-o name` prints; the first one unless told. */
  static nameField: string | undefined

  static override enableJsonFlag = true
  static override baseFlags = globalFlags

  #connection: Connection | undefined
  #reach: Reach | undefined
  #asked: AskedFlags = {}

  protected override async init(): Promise<void> {
    await super.init()
    // A reader that went away (`mq consume t | head`) is no error.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }

  /** Fills in what other levels than the flags say: cluster and time-out of a context, say. */
  protected override async parse<F extends FlagValues, B extends FlagValues, A extends ArgValues>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[]
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv)
    const flags = parsed.flags as Record<string, unknown>
    this.#asked = flags as AskedFlags
    // Throws for a format that there is not.
    const { kind } = this.format
    if (kind === 'json' && 'json' in (options?.flags ?? {})) flags['json'] = true
    const own = this.ctor.flags ?? {}
    if ('context' in own) {
      const reach = await this.#findReach(flags as ReachFlags)
      if ('cluster' in own) flags['cluster'] ??= reach.cluster
      const { setFromDefault = false } =
        (parsed.metadata.flags as Record<string, { setFromDefault?: boolean }>)['timeout'] ?? {}
      if (setFromDefault && reach.timeout !== undefined) flags['timeout'] = parseDuration(reach.timeout)
      if (isChange(this.ctor) && flags['dry-run'] !== true) this.refuseWhenReadOnly()
    }
    return parsed
  }

  async #findReach(flags: ReachFlags): Promise<Reach> {
    const { findReach } = await import('./reach.ts')
    this.#reach ??= findReach(flags, process.env, process.cwd())
    return this.#reach
  }

  /** Throws MQ_DECLINED where the context, or the project, allows no change. */
  protected refuseWhenReadOnly(): void {
    if (this.#reach?.readOnly !== true) return
    throw new MqError('MQ_DECLINED', `${this.#reach.source} is read-only; nothing was changed`, {
      suggestions: ['add --dry-run to see what would be done', 'choose another context with --context NAME']
    })
  }

  /** NameServers and brokers themselves; closed when the command ends. */
  protected async connect(flags: ConnectionFlags): Promise<Connection> {
    const reach = await this.#findReach(flags)
    const { connect } = await import('./connection.ts')
    this.#connection ??= connect(reach, flags.timeout, this.argv.includes('--debug'))
    this.#tell(`NameServers ${this.#connection.session.settings.namesrv.join(';')}`, reach)
    return this.#connection
  }

  /** The administrative acts, over the HTTP API or over remoting, as flags, environment and contexts say. */
  protected async admin<T>(flags: ConnectionFlags, act: (admin: Admin) => Promise<T>): Promise<T> {
    const reach = await this.#findReach(flags)
    const api = await this.#apiOf(reach)
    if (api === undefined) return act((await this.connect(flags)).admin)
    const { apiAdmin } = await import('./api-connection.ts')
    this.#tell(`HTTP API ${api}`, reach)
    return act(apiAdmin(api, reach, flags.timeout))
  }

  /** The HTTP API that is meant. Throws MQ_USAGE where only NameServers are named. */
  protected async httpApi(flags: ConnectionFlags): Promise<{ readonly api: string; readonly reach: Reach }> {
    const reach = await this.#findReach(flags)
    const { defaultApi } = await import('./reach.ts')
    const api = reach.api ?? (reach.namesrv === undefined ? defaultApi : undefined)
    if (api !== undefined) return { api, reach }
    throw new MqError('MQ_USAGE', `this goes over the HTTP admin API, and ${reach.source} names none`, {
      suggestions: ['add --api URL', 'set MQ_API']
    })
  }

  async #apiOf(reach: Reach): Promise<string | undefined> {
    if (reach.api !== undefined || reach.namesrv !== undefined) return reach.api
    const { apiOf } = await import('./default-api.ts')
    return apiOf(reach)
  }

  #tell(where: string, reach: Reach): void {
    if (this.#asked.verbose) process.stderr.write(`Asking ${where} (${reach.source})\n`)
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
    const color = !this.#words.includes('--no-color') && (asked || (stdout.isTTY === true && !refused))
    return { width: stdout.isTTY ? stdout.columns : undefined, color }
  }

  /** Rows for people; nothing when the result itself is printed in another form. */
  protected table<Row>(rows: Iterable<Row>, columns: readonly Column<Row>[]): void {
    if (!this.#forPeople) return
    const { sort, 'no-header': headless } = this.#asked
    const wide = this.format.kind === 'wide'
    const shaped = shapedTable([...rows], columns, { wide, columns: this.#columns, sort })
    // Who asks for all of it gets lines as long as they are.
    const screen = wide ? { ...this.screen, width: undefined } : this.screen
    const { header, lines, hidden } = tableParts(shaped.rows, shaped.columns, screen)
    if (headless !== true) write(header)
    for (const line of lines) write(line)
    if (hidden.length > 0) this.note(`No room for ${hidden.join(', ')}: -o wide shows all.`)
  }

  /** Ends with a result that has been shown and yet is not all well: a threshold is passed, or a part failed. */
  protected endWith(result: unknown, exitCode: number): never {
    if (this.jsonEnabled()) this.logJson(this.toSuccessJson(result))
    return this.exit(exitCode)
  }

  /** A note for people, on stderr: never part of a result. */
  protected note(text: string): void {
    if (!this.#quiet && this.#forPeople) process.stderr.write(`${text}\n`)
  }

  /** Prints what could not be found out, on stderr. */
  protected warnAll(warnings: readonly string[]): void {
    if (this.#quiet || this.wantsJson()) return
    for (const warning of warnings) process.stderr.write(`Warning: ${warning}\n`)
  }

  /** Lines for people; `--quiet` silences what a change has to say for itself. */
  override log(message = '', ...args: unknown[]): void {
    if (this.#forPeople && !(this.#quiet && isChange(this.ctor)))
      write(args.length === 0 ? message : format(message, ...args))
  }

  override logToStderr(message = '', ...args: unknown[]): void {
    this.note(args.length === 0 ? message : format(message, ...args))
  }

  get #words(): readonly string[] {
    const end = this.argv.indexOf('--')
    return end < 0 ? this.argv : this.argv.slice(0, end)
  }

  get #quiet(): boolean {
    return this.#asked.quiet ?? (this.#words.includes('--quiet') || this.#words.includes('-q'))
  }

  get #columns(): readonly string[] | undefined {
    return this.#asked.columns?.split(',').map(name => name.trim())
  }

  /** The form of the output. Throws MQ_USAGE. */
  protected get format(): Format {
    return parseFormat(formatWish(this.argv) ?? 'table')
  }

  get #forPeople(): boolean {
    const kind = formatWish(this.argv) ?? 'table'
    return kind === 'table' || kind === 'wide' || !this.ctor.enableJsonFlag
  }

  /** Whether results are for a script; also true for commands that stream JSON lines. */
  protected wantsJson(): boolean {
    return formatWish(this.argv) === 'json'
  }

  /** oclif asks this before it prints the result in place of what the command logged. */
  override jsonEnabled(): boolean {
    return this.ctor.enableJsonFlag && !this.#forPeople
  }

  override logJson(result: unknown): void {
    const { sort, 'no-header': headless } = this.#asked
    const shaping = { columns: this.#columns, sort, header: headless !== true }
    const { nameField } = this.ctor as typeof MqCommand
    for (const line of printed(result, this.format, shaping, nameField)) write(line)
    const { warnings } = (result ?? {}) as Partial<ListResult<unknown>>
    if (!['json', 'yaml'].includes(this.format.kind) && Array.isArray(warnings)) this.warnAll(warnings)
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
