/**
 * Answers a command that does not exist: runs the one that a short form stands for (`topic ls`, `ctx use`), says which
 * one was meant otherwise, also for names of Apache's mqadmin, and tells too many arguments from an unknown command.
 */
import type { Hook } from '@oclif/core'
import { nearest } from '../kit/nearest.ts'
import { exitCodes } from './exit-codes.ts'

/** Short forms of verbs; the first of their commands that exists is meant. */
const verbs: ReadonlyMap<string, readonly string[]> = new Map([
  ['ls', ['list']],
  ['show', ['describe', 'get', 'show']],
  ['rm', ['delete']]
])

/** Short forms of the beginning. */
const beginnings: readonly (readonly [string, string])[] = [
  ['ctx', 'context'],
  ['topic produce', 'produce'],
  ['topic consume', 'consume'],
  ['send', 'produce']
]

export interface Meant {
  readonly command: string
  /** What follows it. */
  readonly rest: readonly string[]
}

/** The longest command that the words begin with. */
const beginning = (words: readonly string[], commands: ReadonlySet<string>): Meant | undefined => {
  for (let length = words.length; length > 0; length--) {
    const command = words.slice(0, length).join(' ')
    if (commands.has(command)) return { command, rest: words.slice(length) }
  }
  return undefined
}

/** The command that a short form stands for. Pure. */
export const longForm = (words: readonly string[], all: readonly string[]): Meant | undefined => {
  const commands = new Set(all)
  const text = words.join(' ')
  const short = beginnings.find(([from]) => text === from || text.startsWith(`${from} `))
  const start = short === undefined ? words : `${short[1]}${text.slice(short[0].length)}`.split(' ')
  const asIs = short === undefined ? undefined : beginning(start, commands)
  if (asIs !== undefined) return asIs
  for (const [at, word] of start.entries()) {
    for (const verb of verbs.get(word) ?? []) {
      const command = [...start.slice(0, at), verb].join(' ')
      if (commands.has(command)) return { command, rest: start.slice(at + 1) }
    }
  }
  return undefined
}

/** The command that the words most likely stand for. Pure. */
export const meantCommand = (words: readonly string[], commands: readonly string[]): string | undefined => {
  // The words may go on with arguments, so every beginning of them is compared.
  for (let length = Math.min(words.length, 3); length > 0; length--) {
    const same = commands.filter(command => command.split(' ').length === length)
    const meant = nearest(words.slice(0, length).join(' '), same)
    if (meant !== undefined) return meant
  }
  return undefined
}

/** What to type in place of an unknown command; mqadmin's table is loaded only here. */
const hints = async (words: readonly string[], commands: readonly string[]): Promise<readonly string[]> => {
  const { mqadminRow, mqWords } = await import('./mqadmin/table.ts')
  const row = mqadminRow(words[0] ?? '')
  if (row !== undefined) {
    const own = mqWords(row)
    return [...(own === undefined ? [] : [own]), `mqadmin ${row.name}`]
  }
  const meant = meantCommand(words, commands)
  return meant === undefined ? [] : [meant]
}

// oclif takes a hook as the default export of its file.
// biome-ignore lint/style/noDefaultExport: see above
export default (async function commandNotFound({ id, argv = [], config }) {
  const words = id.split(':')
  const commands = config.commandIDs.map(command => command.replaceAll(':', ' '))
  const long = longForm(words, commands)
  if (long !== undefined) return config.runCommand(long.command.replaceAll(' ', ':'), [...long.rest, ...argv])
  const tell = (text: string, steps: readonly string[]): void => {
    const lines = steps.map((step, at) => `${at === 0 ? 'Try this:' : '      or:'} \`${config.bin} ${step}\``)
    process.stderr.write(`${[`Error: ${text}`, ...lines].join('\n')}\n`)
  }
  const found = beginning(words, new Set(commands))
  if (found !== undefined) {
    tell(`\`${config.bin} ${found.command}\` takes no argument ${JSON.stringify(found.rest[0])}`, [
      `${found.command} --help`
    ])
    // Monitors read 2 as CRITICAL; what a check could not find out is 3.
    return this.exit(found.command.startsWith('check ') ? exitCodes.partial : exitCodes.usage)
  }
  const steps = await hints(words, commands)
  tell(`there is no command \`${config.bin} ${words.join(' ')}\``, [...steps, '--help'])
  return this.exit(exitCodes.unknownCommand)
} satisfies Hook<'command_not_found'>)
