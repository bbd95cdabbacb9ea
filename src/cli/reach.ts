/**
 * How a command reaches its cluster. Levels: flag, environment, `mq.yaml`, current context, default. The first that names
 * an address or a context decides; inside one level the HTTP API goes before NameServers. `mq config print` shows it.
 */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import { type ContextSettings, isHttpUrl } from './context-settings.ts'
import { type Contexts, contextsFile, type Env, readContexts } from './contexts.ts'
import { type ProjectFile, readProjectFile } from './project-file.ts'

export type Level = 'flag' | 'env' | 'project' | 'context' | 'default'

export interface Reach {
  /** The level that named the cluster. */
  readonly level: Level
  /** For people: `--api`, `NAMESRV_ADDR`, `/home/me/mq.yaml`, `the context dev`. */
  readonly source: string
  readonly api?: string | undefined
  /** NameServers as one text, `host:port;host:port`. */
  readonly namesrv?: string | undefined
  readonly context?: string | undefined
  /** Sent to `api` alone. */
  readonly token?: string | undefined
  readonly cluster?: string | undefined
  readonly timeout?: string | undefined
  readonly map: Readonly<Record<string, string>>
  readonly readOnly: boolean
}

export interface ReachFlags {
  readonly api?: string | undefined
  readonly namesrv?: string | undefined
  readonly context?: string | undefined
}

export const defaultApi = 'http://127.0.0.1:10910'
export const defaultNamesrv = '127.0.0.1:9876'

/** Reads the files that count. Throws MQ_CONFIG_INVALID (a file), MQ_NOT_FOUND (a context), MQ_USAGE (an address). */
export const findReach = (flags: ReachFlags, env: Env, cwd: string): Reach => {
  const files = { env, contexts: lazy(() => readContexts(env)), project: lazy(() => readProjectFile(cwd)) }
  const reach = fromFlags(flags, files) ?? fromEnv(files) ?? fromProject(files) ?? fromCurrent(files) ?? fallback(files)
  if (reach.api !== undefined && !isHttpUrl(reach.api)) {
    throw new MqError(
      'MQ_USAGE',
      `${reach.source} gives ${JSON.stringify(reach.api)}, which is neither http://HOST:PORT, https://… nor unix:/PATH`
    )
  }
  return reach
}

interface Files {
  readonly env: Env
  readonly contexts: () => Contexts
  readonly project: () => ProjectFile | undefined
}

const lazy = <T>(read: () => T): (() => T) => {
  let found: { readonly value: T } | undefined
  return () => {
    found ??= { value: read() }
    return found.value
  }
}

const given = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text)

const fromFlags = ({ api, namesrv, context }: ReachFlags, files: Files): Reach | undefined => {
  const named = context === undefined ? undefined : ofContext(context, 'flag', '--context', files)
  if (api === undefined && namesrv === undefined) return named
  const source = api === undefined ? '--namesrv' : '--api'
  return withAddress(named, { level: 'flag', source, api, namesrv }, files)
}

/** Java's clients read NAMESRV_ADDR as well, so that what is said to mq alone goes before it. */
const fromEnv = (files: Files): Reach | undefined => {
  const { env } = files
  const context = given(env['MQ_CONTEXT'])
  const api = given(env['MQ_API'])
  const namesrv = given(env['NAMESRV_ADDR'])
  const named = context === undefined ? undefined : ofContext(context, 'env', 'MQ_CONTEXT', files)
  if (api !== undefined) return withAddress(named, { level: 'env', source: 'MQ_API', api, namesrv }, files)
  if (named !== undefined || namesrv === undefined) return named
  return withAddress(undefined, { level: 'env', source: 'NAMESRV_ADDR', namesrv }, files)
}

/** The file may have come with somebody's repository: the token of the environment is not for an address that it names. */
const fromProject = (files: Files): Reach | undefined => {
  const project = files.project()
  if (project === undefined) return undefined
  const { path, context, settings } = project
  const named = context === undefined ? undefined : ofContext(context, 'project', path, files)
  if (named === undefined && settings.api === undefined && settings.namesrv === undefined) return undefined
  const own = ofSettings(settings)
  if (named !== undefined && own.api === undefined && own.namesrv === undefined)
    return { ...named, ...own, ...safe(named, own) }
  return { ...defaults, ...own, ...safe(named, own), level: 'project', source: path, context }
}

/** What a project adds never takes away from the care that a context asks for. */
const safe = (named: Reach | undefined, own: Partial<Reach>): Pick<Reach, 'map' | 'readOnly'> => ({
  map: { ...named?.map, ...own.map },
  readOnly: (named?.readOnly ?? false) || (own.readOnly ?? false)
})

const fromCurrent = (files: Files): Reach | undefined => {
  const { current } = files.contexts()
  return current === undefined ? undefined : ofContext(current, 'context', `the context ${current}`, files)
}

const fallback = ({ env, project }: Files): Reach => {
  const own = ofSettings(project()?.settings ?? {})
  return { ...defaults, ...own, ...safe(undefined, own), level: 'default', source: 'the default', token: envToken(env) }
}

const defaults = { map: {}, readOnly: false } as const

const withAddress = (
  named: Reach | undefined,
  address: Pick<Reach, 'level' | 'source' | 'api' | 'namesrv'>,
  { env }: Files
): Reach => ({
  ...defaults,
  ...named,
  ...address,
  // A context's token is for that context's own API.
  token: envToken(env) ?? (address.api === named?.api ? named?.token : undefined)
})

/** The context's settings. Throws MQ_NOT_FOUND, with the name that was meant. */
const ofContext = (name: string, level: Level, source: string, { env, contexts }: Files): Reach => {
  const all = contexts().contexts
  const settings = all.get(name)
  if (settings === undefined) {
    const meant = nearest(name, all.keys())
    throw new MqError('MQ_NOT_FOUND', `${source} names the context ${name}, which ${contextsFile(env)} does not have`, {
      suggestions: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), '`mq context list` shows all']
    })
  }
  const token = envToken(env) ?? settings.token ?? readToken(settings.tokenFile, env)
  const own = ofSettings(settings)
  return { ...defaults, ...own, ...safe(undefined, own), level, source, context: name, token }
}

const ofSettings = ({ api, namesrv, cluster, timeout, map, readOnly }: ContextSettings): Partial<Reach> => ({
  ...(api === undefined ? {} : { api }),
  ...(namesrv === undefined ? {} : { namesrv: namesrv.join(';') }),
  ...(cluster === undefined ? {} : { cluster }),
  ...(timeout === undefined ? {} : { timeout }),
  ...(map === undefined ? {} : { map }),
  ...(readOnly === undefined ? {} : { readOnly })
})

const envToken = (env: Env): string | undefined => given(env['MQ_TOKEN']) ?? readToken(given(env['MQ_TOKEN_FILE']), env)

/** Throws MQ_CONFIG_INVALID. */
const readToken = (file: string | undefined, env: Env): string | undefined => {
  if (file === undefined) return undefined
  const path = file.startsWith('~/') ? join(env['HOME'] ?? homedir(), file.slice(2)) : file
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw new MqError('MQ_CONFIG_INVALID', `the token cannot be read: ${errorText(error)}`, { cause: error })
  }
}
