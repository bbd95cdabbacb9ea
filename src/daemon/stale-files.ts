/** What daemons that were killed have left in the usual data directories: a pid file of a process that is gone. */
import { existsSync, rmSync } from 'node:fs'
import type { Clock } from '../kit/clock.ts'
import { daemonStatus } from './control.ts'
import { type DaemonKind, daemonFiles, defaultDataDir } from './data-dirs.ts'

/** Paths that nobody uses any more. */
export const staleFiles = async (
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock
): Promise<readonly string[]> => {
  const places: readonly (readonly [DaemonKind, string])[] = [
    ['dev', 'dev'],
    ['namesrv', 'namesrv'],
    ['broker', 'broker-a']
  ]
  const stale: string[] = []
  for (const [kind, name] of places) {
    const files = daemonFiles(kind, defaultDataDir(name, env))
    if (existsSync(files.pid) && (await daemonStatus(files, clock)) === undefined) stale.push(files.pid)
  }
  return stale
}

export const removeStale = (paths: readonly string[]): void => {
  for (const path of paths) rmSync(path, { force: true })
}
