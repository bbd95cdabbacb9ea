/** What a command would go by here: the cluster that the levels name, and where each setting comes from. */
import { contextsFile, type Env } from './contexts.ts'
import { findProjectFile } from './project-file.ts'
import { defaultApi, defaultNamesrv, findReach, type ReachFlags } from './reach.ts'
import type { EffectiveSetting } from './result-rows.ts'

export const effectiveSettings = (flags: ReachFlags, env: Env, cwd: string): EffectiveSetting[] => {
  const reach = findReach(flags, env, cwd)
  const { source, level, api, namesrv } = reach
  const row = (key: string, value: string | undefined, from = source): EffectiveSetting[] =>
    value === undefined ? [] : [{ key, value, source: from }]
  const fallback = level === 'default' && api === undefined && namesrv === undefined
  return [
    ...row('context', reach.context),
    ...row('api', api ?? (fallback ? defaultApi : undefined)),
    ...row('namesrv', namesrv ?? (fallback ? defaultNamesrv : undefined)),
    ...row('cluster', reach.cluster),
    ...row('timeout', reach.timeout ?? '5s', reach.timeout === undefined ? 'the default' : source),
    ...row('readOnly', String(reach.readOnly)),
    ...row('token', reach.token === undefined ? undefined : '(set)', 'MQ_TOKEN, MQ_TOKEN_FILE or the context'),
    ...Object.entries(reach.map).flatMap(([from, to]) => row(`map.${from}`, to)),
    ...row('contextsFile', contextsFile(env), 'the place of settings'),
    ...row('projectFile', findProjectFile(cwd), 'the working directory')
  ]
}
