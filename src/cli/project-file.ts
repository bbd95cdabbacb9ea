/**
 * `mq.yaml`, the settings of a project: looked for from the working directory up to the root of its git repository. Outside
 * of a repository only the working directory counts, so that a file in a directory of everybody's is never obeyed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'
import { type ContextSettings, readSettings, type SettingKey, settingKeys } from './context-settings.ts'

export interface ProjectFile {
  readonly path: string
  /** A context of the person who works here. */
  readonly context?: string | undefined
  readonly settings: ContextSettings
}

export const projectFileName = 'mq.yaml'

/** What `mq.yaml` may say. */
export const projectKeys: readonly SettingKey[] = [
  { name: 'context', type: 'text', help: 'a context of the person who works here', project: true },
  ...settingKeys.filter(key => key.project)
]

/** The file that counts in a directory; undefined without one. */
export const findProjectFile = (cwd: string): string | undefined => {
  const seen: string[] = []
  for (let dir = cwd; ; dir = dirname(dir)) {
    const file = join(dir, projectFileName)
    if (existsSync(file)) seen.push(file)
    const atRoot = existsSync(join(dir, '.git'))
    if (atRoot) return seen[0]
    if (dirname(dir) === dir) return seen[0] === join(cwd, projectFileName) ? seen[0] : undefined
  }
}

export const readProjectFile = (cwd: string): ProjectFile | undefined => {
  const path = findProjectFile(cwd)
  return path === undefined ? undefined : parseProjectFile(readText(path), path)
}

/** Throws MQ_CONFIG_INVALID, with the line where it can be told. */
export const parseProjectFile = (text: string, path: string): ProjectFile => {
  const { context, ...settings } = readSettings(parseYaml(text, path) ?? {}, path, projectKeys) as ContextSettings & {
    readonly context?: string
  }
  return { path, context, settings }
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new MqError('MQ_CONFIG_INVALID', `${path} cannot be read: ${errorText(error)}`, { cause: error })
  }
}

const require = createRequire(import.meta.url)

/** The library is loaded only where there is a file. */
const parseYaml = (text: string, path: string): unknown => {
  const { parse } = require('yaml') as typeof import('yaml')
  try {
    // The core schema: no tags that make objects; aliases are bounded, so that a small file stays small.
    return parse(text, { schema: 'core', maxAliasCount: 20, prettyErrors: true })
  } catch (error) {
    const first = errorText(error).split('  ')[0]!.replace(/:$/, '')
    throw new MqError('MQ_CONFIG_INVALID', `${path}: ${first}`, { cause: error })
  }
}
