/** The process that runs the scenarios of npm `ali-ons`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startSpoken } from '../apache/processes.ts'
import { type Workload, workloadOf } from '../workload.ts'

export const startAliOns = (namesrv: string, dir: string): Workload => {
  mkdirSync(dir, { recursive: true })
  const client = startSpoken({
    command: process.execPath,
    args: ['--import', 'tsx', join(import.meta.dirname, 'workload.ts'), namesrv],
    logFile: join(dir, 'ali-ons.log'),
    // The client keeps files below its home.
    env: { ...process.env, HOME: dir }
  })
  return workloadOf(client)
}
