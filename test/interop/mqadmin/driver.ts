/** Apache's mqadmin as a function: one JVM runs all commands. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { clientJava, compile, jars } from '../apache/jars.ts'
import { startSpoken } from '../apache/processes.ts'

export interface Printed {
  readonly stdout: string
  readonly stderr: string
}

export interface Mqadmin {
  run(...args: string[]): Promise<Printed>
  stop(): Promise<void>
}

export const startMqadmin = async (dir: string, version = '5.5.0'): Promise<Mqadmin> => {
  mkdirSync(dir, { recursive: true })
  const classPath = await compile(import.meta.dirname, await jars('server', version), join(dir, 'classes'))
  const jvm = startSpoken({
    command: 'java',
    args: [...clientJava(dir, classPath), 'interop.AdminDriver'],
    logFile: join(dir, 'mqadmin.log'),
    cwd: dir
  })
  const text = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString('utf8')
  return {
    run: async (...args) => {
      const [line] = await jvm.ask(args.join('\t'), () => true, 60_000)
      const [stdout, stderr] = line!.split(' ')
      return { stdout: text(stdout), stderr: text(stderr) }
    },
    stop: () => jvm.stop(1000)
  }
}
