/** The process that runs the scenarios of npm `ali-ons`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startSpoken } from '../apache/processes.ts'
import { makeTopic } from '../apache/ready.ts'
import { type Workload, workloadOf } from '../workload.ts'

/** The client knows no creation of topics by the first send, so its topic is made here. */
export const startAliOns = async (namesrv: string, broker: string, dir: string): Promise<Workload> => {
  await makeTopic(namesrv, broker, 'N_Messages', 4)
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
