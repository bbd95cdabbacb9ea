/** `mq dev reset`: takes away what `mq dev` has put into its data directory, and nothing else that lies there. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { daemonStatus } from './control.ts'
import type { DaemonFiles } from './data-dirs.ts'

/** Its own, by name: a data directory that was named by mistake keeps what is in it. */
const own: ReadonlySet<string> = new Set(['broker', 'namesrv', 'dev.log', 'dev.log.1', 'http-tokens.json'])

/** Names of what there is to remove. Rejects with MQ_ALREADY_RUNNING, MQ_USAGE (no data directory of `mq dev`). */
export const devData = async (files: DaemonFiles, clock: Clock): Promise<string[]> => {
  const running = await daemonStatus(files, clock)
  if (running !== undefined) {
    throw new MqError('MQ_ALREADY_RUNNING', `\`mq dev\` with pid ${running.pid} runs in ${files.dir}`, {
      suggestions: ['`mq dev stop`']
    })
  }
  if (!existsSync(files.dir)) return []
  const found = readdirSync(files.dir)
  if (found.length > 0 && !existsSync(join(files.dir, 'broker')) && !existsSync(files.log)) {
    throw new MqError('MQ_USAGE', `${files.dir} is no data directory of \`mq dev\`; nothing was changed`)
  }
  return found.filter(name => own.has(name)).sort()
}

/** Looks once more whether one runs: a person may have thought for a while. */
export const removeDevData = async (files: DaemonFiles, entries: readonly string[], clock: Clock): Promise<void> => {
  await devData(files, clock)
  for (const name of entries.filter(entry => own.has(entry))) {
    rmSync(join(files.dir, name), { recursive: true, force: true })
  }
}
