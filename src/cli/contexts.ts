/**
 * Contexts: named clusters of one person, in `~/.config/mq/contexts.json` (below XDG_CONFIG_HOME where that is set).
 * Commands only read the file, which takes no library; the commands that change it write through `conf` (context-file.ts).
 */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'
import { type ContextSettings, readSettings } from './context-settings.ts'

export interface Contexts {
  /** Name of the context that is used when nothing else names a cluster. */
  readonly current: string | undefined
  readonly previous: string | undefined
  readonly contexts: ReadonlyMap<string, ContextSettings>
}

export type Env = Readonly<Record<string, string | undefined>>

/** The directory of mq's own settings. Relative values of XDG_CONFIG_HOME count as not set, as its specification says. */
export const configDir = (env: Env): string => {
  const base = env['XDG_CONFIG_HOME'] ?? ''
  return join(isAbsolute(base) ? base : join(env['HOME'] ?? homedir(), '.config'), 'mq')
}

export const contextsFile = (env: Env): string => join(configDir(env), 'contexts.json')

/** Throws MQ_CONFIG_INVALID, naming the file, for one that cannot be read; none at all is no fault. */
export const readContexts = (env: Env): Contexts => {
  const file = contextsFile(env)
  const text = readIfThere(file)
  if (text === undefined) return { current: undefined, previous: undefined, contexts: new Map() }
  return contextsOf(parseJson(file, text), file)
}

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw new MqError('MQ_CONFIG_INVALID', `${file} cannot be read: ${errorText(error)}`, { cause: error })
  }
}

const parseJson = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new MqError('MQ_CONFIG_INVALID', `${file} is not JSON: ${errorText(error)}`, {
      suggestions: ['mend it with `mq context edit`, or remove it']
    })
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the file's JSON says. Throws MQ_CONFIG_INVALID. */
export const contextsOf = (value: unknown, file: string): Contexts => {
  if (!isObject(value)) throw new MqError('MQ_CONFIG_INVALID', `${file} is no JSON object`)
  const { current, previous, contexts = {} } = value
  if (!isObject(contexts)) throw new MqError('MQ_CONFIG_INVALID', `${file}: contexts is no object`)
  const read = Object.entries(contexts).map(
    ([name, settings]) => [name, readSettings(settings, `${file}: context ${name}`)] as const
  )
  return { current: nameOf(current), previous: nameOf(previous), contexts: new Map(read) }
}

const nameOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
