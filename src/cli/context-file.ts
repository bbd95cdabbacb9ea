/**
 * Changes of the contexts file, through `conf`: it writes to a file beside and renames it, so that a reader never sees
 * half of it. Names are checked, and the whole is checked before it is written, so that no change makes it unreadable.
 */
import { chmodSync, existsSync } from 'node:fs'
import Conf from 'conf'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { ContextSettings } from './context-settings.ts'
import { type Contexts, configDir, contextsFile, contextsOf, type Env, readContexts } from './contexts.ts'
import type { ContextRow } from './result-rows.ts'

/** Throws MQ_USAGE: a name is typed in shells and shown in prompts. */
export const checkContextName = (name: string): void => {
  if (/^[\w][\w.-]{0,63}$/.test(name)) return
  throw new MqError('MQ_USAGE', `${JSON.stringify(name)} is no name of a context: letters, digits, . _ - are, up to 64`)
}

/** The settings of a context. Throws MQ_NOT_FOUND, with the name that was meant. */
export const contextNamed = ({ contexts }: Contexts, name: string): ContextSettings => {
  const found = contexts.get(name)
  if (found !== undefined) return found
  const meant = nearest(name, contexts.keys())
  throw new MqError('MQ_NOT_FOUND', `there is no context ${name}`, {
    suggestions: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), '`mq context list` shows all']
  })
}

/** Writes what `change` makes of the contexts. Throws MQ_CONFIG_INVALID where the result could not be read again. */
export const changeContexts = (env: Env, change: (before: Contexts) => Contexts): Contexts => {
  const file = contextsFile(env)
  const after = change(readContexts(env))
  const value = {
    ...(after.current === undefined ? {} : { current: after.current }),
    ...(after.previous === undefined ? {} : { previous: after.previous }),
    contexts: Object.fromEntries(after.contexts)
  }
  const checked = contextsOf(JSON.parse(JSON.stringify(value)), file)
  const conf = new Conf({
    cwd: configDir(env),
    configName: 'contexts',
    projectName: 'mq',
    projectSuffix: '',
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600
  })
  conf.store = value
  // A file that was there before keeps its mode otherwise.
  if (existsSync(file)) chmodSync(file, 0o600)
  return checked
}

/** The contexts with one changed, added, or without it when `settings` is undefined. */
export const withContext = (before: Contexts, name: string, settings: ContextSettings | undefined): Contexts => {
  const contexts = new Map(before.contexts)
  if (settings === undefined) contexts.delete(name)
  else contexts.set(name, settings)
  const kept = (chosen: string | undefined): string | undefined =>
    chosen !== undefined && contexts.has(chosen) ? chosen : undefined
  return { current: kept(before.current), previous: kept(before.previous), contexts }
}

/** Makes a context the current one. Throws MQ_NOT_FOUND. */
export const useContext = (before: Contexts, name: string): Contexts => {
  contextNamed(before, name)
  if (before.current === name) return before
  return { ...before, current: name, previous: before.current }
}

/** What may be shown of a context: a token is not. */
export const contextRow = (name: string, settings: ContextSettings, current: string | undefined): ContextRow => {
  const { token, readOnly = false, namesrv = [], ...rest } = settings
  return {
    name,
    current: name === current,
    namesrv,
    readOnly,
    hasToken: (token ?? rest.tokenFile) !== undefined,
    ...rest
  }
}

/** The contexts with one under another name. */
export const renamed = (before: Contexts, from: string, to: string): Contexts => {
  const other = (name: string | undefined): string | undefined => (name === from ? to : name)
  const contexts = new Map([...before.contexts].map(([name, settings]) => [name === from ? to : name, settings]))
  return { current: other(before.current), previous: other(before.previous), contexts }
}
