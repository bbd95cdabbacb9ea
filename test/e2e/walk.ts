/** What the walk of all commands asks of one command: each question is a function of its own. */

import { type Command, type Config, Parser } from '@oclif/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import type { Admin } from '../../src/admin/admin.ts'
import { rowSchemas } from '../../src/admin/row-schemas.ts'
import type { ResultShape } from '../../src/cli/result.ts'
import { type Finished, hasEscapes, mq } from '../support/mq.ts'
import type { CommandCase } from './command-case.ts'
import type { Seed } from './seeded-cluster.ts'

export type Road = 'http' | 'remoting'

export interface Walked {
  readonly seed: Seed
  readonly config: Config
  readonly test: CommandCase
  readonly command: Command.Class
}

/** A command class as MqCommand has it. */
type Declared = Command.Class & { readonly result?: ResultShape; readonly streamOf?: string }

export const isChange = (command: Command.Class): boolean => 'dry-run' in (command.flags ?? {})

const words = ({ test }: Walked): string[] => test.id.split(' ')

export const roadsOf = (test: CommandCase): readonly Road[] => {
  if (test.remotingOnly !== undefined || test.local === true) return ['remoting']
  return test.httpOnly === undefined ? ['http', 'remoting'] : ['http']
}

/** The flag that names the cluster; commands that ask no server have none. */
const roadFlags = ({ seed, test }: Walked, road: Road): string[] => {
  if (test.local === true) return []
  return road === 'http' ? ['--api', seed.http!] : ['-n', seed.namesrv]
}

const configOf = (seed: Seed): Readonly<Record<string, string>> => ({ XDG_CONFIG_HOME: `${seed.dir}/config` })
const envOf = (seed: Seed): Readonly<Record<string, string>> => ({ NAMESRV_ADDR: seed.namesrv, ...configOf(seed) })

/** Runs the row with what it makes before and removes after. */
export const runCase = async (
  walked: Walked,
  road: Road,
  more: readonly string[] = [],
  columns?: number
): Promise<Finished> => {
  const { seed, test } = walked
  const around = async (lines: readonly (readonly string[])[] | undefined): Promise<void> => {
    for (const line of lines ?? []) {
      const { code, stderr } = await mq(line, { env: envOf(seed) })
      expect(code, `${line.join(' ')}: ${stderr}`).to.equal(0)
    }
  }
  await around(test.before?.(seed))
  const args = [...words(walked), ...test.args(seed), ...roadFlags(walked, road), ...more]
  const wish = {
    ...(test.input === undefined ? {} : { input: test.input }),
    ...(columns === undefined ? {} : { columns })
  }
  const finished = await mq(args, { ...wish, env: configOf(seed) })
  if (!more.includes('--dry-run')) await around(test.after?.(seed))
  return finished
}

const done = ({ test }: Walked, { code, stdout, stderr }: Finished): void => {
  expect(code, stderr || stdout).to.be.oneOf([0, ...(test.exits ?? [])])
}

/** `--help`: a summary, a description, and an example whose flags the command knows. */
export const checkHelp = async (walked: Walked): Promise<void> => {
  const { test, command, config } = walked
  const { code, stdout } = await mq([...words(walked), '--help'])
  expect(code).to.equal(0)
  expect(stdout).to.contain('USAGE').and.to.contain('EXAMPLES')
  expect(hasEscapes(stdout)).to.equal(false)
  expect(command.summary, 'a summary').to.match(/^[a-zA-Z].{5,90}$/)
  expect(command.description, 'a description').to.be.a('string').with.length.above(10)
  const own = exampleLines(command).map(line => argumentsOf(line, test.id))
  expect(
    own.filter(args => args !== undefined),
    'examples that call the command'
  ).not.to.have.length(0)
  for (const args of own) {
    if (args === undefined) continue
    const input = {
      args: command.args,
      strict: command.strict,
      flags: { json: { type: 'boolean' }, ...command.baseFlags, ...command.flags },
      context: { config, argv: args, id: command.id }
    }
    await Parser.parse([...args], input as never)
  }
}

const exampleLines = (command: Command.Class): string[] =>
  (command.examples ?? [])
    .flatMap(example => (typeof example === 'string' ? example : example.command).split('\n'))
    .map(line =>
      line
        .replaceAll('<%= config.bin %>', 'mq')
        .replace(/^\s*\$ /, '')
        .trim()
    )

/** Arguments of this command in a shell line, wherever in its pipes it stands. */
const argumentsOf = (line: string, id: string): readonly string[] | undefined => {
  for (const part of line.split(/\s[|]{1,2}\s|\s&&\s|;\s|\$\(|<\(/)) {
    const at = part.indexOf(`mq ${id}`)
    if (at < 0) continue
    const rest = part.slice(at + `mq ${id}`.length).split(/\s[<>]/)[0]!
    if (rest !== '' && !/^[\s)]/.test(rest)) continue
    return [...rest.replace(/\)"?$/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
  }
  return undefined
}

/** The declared schema, by which --json is checked. */
const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'rows', components: { schemas: rowSchemas } })

const reference = (type: string): object => {
  expect(rowSchemas, `an interface ${type}: npm run docs:schemas`).to.have.property(type)
  return { $ref: `rows#/components/schemas/${type}` }
}

export const valid = (schema: object, value: unknown): void => {
  const check = ajv.compile(schema)
  if (!check(value)) {
    expect.fail(`${ajv.errorsText(check.errors)}\n${JSON.stringify(value).slice(0, 2000)}`)
  }
}

const listSchema = (type: string): object => ({
  type: 'object',
  additionalProperties: false,
  required: ['items', 'truncated', 'next', 'warnings'],
  properties: {
    items: { type: 'array', items: reference(type) },
    truncated: { type: 'boolean' },
    next: { type: ['string', 'null'] },
    warnings: { type: 'array', items: { type: 'string' } }
  }
})

/** `--json`: what is declared, not empty. Returns the value, without what differs between runs. */
export const checkJson = async (walked: Walked, road: Road, more: readonly string[] = []): Promise<unknown> => {
  const { test, command } = walked
  const finished = await runCase(walked, road, ['--json', ...more])
  done(walked, finished)
  const { result, streamOf } = command as Declared
  const value = streamOf === undefined ? JSON.parse(finished.stdout) : jsonLines(finished.stdout)
  if (streamOf !== undefined) for (const line of value as unknown[]) valid(reference(streamOf), line)
  else {
    expect(result, 'the command declares its result').not.to.equal(undefined)
    valid(result!.kind === 'list' ? listSchema(result!.type) : reference(result!.type), value)
  }
  const items = Array.isArray(value) ? value : ((value as { items?: unknown[] }).items ?? [value])
  if (test.maybeEmpty === undefined) expect(items, 'a result that is not empty').not.to.have.length(0)
  return stable(value, new Set(test.volatile))
}

const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))

const stable = (value: unknown, volatile: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map(entry => stable(entry, volatile))
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).filter(([name]) => !volatile.has(name))
  return Object.fromEntries(pairs.map(([name, entry]) => [name, stable(entry, volatile)]))
}

/** For people: into a pipe nothing is coloured and nothing is cut. */
export const checkPlain = async (walked: Walked): Promise<void> => {
  const finished = await runCase(walked, roadsOf(walked.test)[0]!)
  done(walked, finished)
  expect(hasEscapes(finished.stdout + finished.stderr), 'no colour off a terminal').to.equal(false)
  expect(finished.stdout, 'nothing is cut off a terminal').not.to.contain('…')
}

/** Wrong usage exits with 2 and says why in one sentence. */
export const checkWrong = async (walked: Walked): Promise<void> => {
  const { seed, test, command } = walked
  const lines = [[...test.args(seed), '--no-such-flag']]
  if (test.wrong !== undefined) lines.push([...test.wrong(seed)])
  const needed = Object.values(command.args ?? {}).some(arg => arg.required === true)
  if (needed) lines.push([])
  else if (command.strict !== false) lines.push([...test.args(seed), ...Object.keys(command.args ?? {}), 'surplus'])
  for (const line of lines) {
    const { code, stdout, stderr } = await mq([...words(walked), ...line], { env: envOf(seed) })
    const what = `${test.id} ${line.join(' ')}: ${stderr}`
    // A surplus word is found before the command is: it is always 2.
    expect(code, what).to.be.oneOf([2, test.codes?.usage ?? 2])
    expect(stdout, what).to.equal('')
    expect(stderr, what).to.match(/^Error: [^\n]+\n(Try this: [^\n]+\n( {6}or: [^\n]+\n)*)?$/)
  }
}

/** A server that is not there exits with 7. */
export const checkUnreachable = async (walked: Walked, road: Road): Promise<void> => {
  const nowhere = road === 'http' ? ['--api', 'http://127.0.0.1:1'] : ['-n', '127.0.0.1:1']
  const { seed, test } = walked
  const args = [...words(walked), ...test.args(seed), ...nowhere, ...(test.noJson === undefined ? ['--json'] : [])]
  const { code, stdout, stderr } = await mq(args, test.input === undefined ? {} : { input: test.input })
  expect(code, stdout + stderr).to.equal(test.codes?.unreachable ?? 7)
}

/** What a change could have changed, as far as reads can tell. */
export const worldOf = async (admin: Admin, { seed }: Walked): Promise<unknown> => {
  const [topics, groups, config, kv, namesrv] = await Promise.all([
    admin.topics(),
    admin.groups(),
    admin.brokerConfig(seed.brokerName),
    admin.kv(seed.kvNamespace),
    admin.namesrvConfig()
  ])
  const names = topics.items.map(row => row.topic).filter(name => name === seed.topic || name.startsWith('walk-'))
  const details = await Promise.all(
    names.map(async name => {
      const { queues, brokers } = await admin.describeTopic(name)
      return { name, brokers, ends: queues.map(queue => [queue.queueId, queue.minOffset, queue.maxOffset]) }
    })
  )
  const lag = await admin.groupLag(seed.offlineGroup, seed.topic)
  const offsets = lag.queues.map(row => ({ queue: row.queueId, offset: row.consumerOffset }))
  const groupNames = groups.items.map(row => row.group).sort()
  return { topics: topics.items, groupNames, config, kv, namesrv, details, offsets }
}

/** A change has --dry-run, and a dry run exits with 0 and changes nothing. */
export const checkDryRun = async (walked: Walked, admin: Admin, road: Road): Promise<void> => {
  const { seed, test } = walked
  for (const line of test.before?.(seed) ?? []) await mq(line, { env: envOf(seed) })
  const before = await worldOf(admin, walked)
  const finished = await runCase({ ...walked, test: without(test) }, road, ['--dry-run'])
  done(walked, finished)
  expect(await worldOf(admin, walked), 'a dry run changes nothing').to.deep.equal(before)
  for (const line of test.after?.(seed) ?? []) await mq(line, { env: envOf(seed) })
}

const without = ({ before: _, after: __, ...test }: CommandCase): CommandCase => test
