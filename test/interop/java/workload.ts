/** A JVM with one version of Apache's Java client that runs the scenarios of the sources beside this file. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { clientJava, compile, jars } from '../apache/jars.ts'
import { startSpoken } from '../apache/processes.ts'
import { type Workload, workloadOf } from '../workload.ts'

/** Topics and groups of this workload start with `prefix`. */
export const startWorkload = async (
  version: string,
  namesrv: string,
  prefix: string,
  dir: string,
  javaOptions: readonly string[] = []
): Promise<Workload> => {
  mkdirSync(dir, { recursive: true })
  const classPath = await compile(import.meta.dirname, await jars('client', version), join(dir, 'classes'))
  const jvm = startSpoken({
    command: 'java',
    args: [...javaOptions, ...clientJava(dir, classPath), 'interop.Workload', namesrv, prefix],
    logFile: join(dir, 'workload.log'),
    cwd: dir
  })
  return workloadOf(jvm)
}
