/** Apache's mqadmin as a function: one JVM runs all commands. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientJava, compile, jars } from '../apache/jars.ts'
import { startSpoken } from '../apache/processes.ts'
import type { AdminCase, Seed } from './commands.ts'

export interface Printed {
  readonly stdout: string
  readonly stderr: string
}

export interface Mqadmin {
  /** What a command printed when it ended, or when its time was over, which is 60 s unless `ms` says otherwise. */
  run(args: readonly string[], ms?: number): Promise<Printed>
  /** Name and options of each command, as this version declares them: `topicRoute -t topic! -l list~`. */
  options(): Promise<string[]>
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
    run: async (args, ms = 60_000) => {
      const [line] = await jvm.ask([ms, ...args].join('\t'), () => true, ms + 10_000)
      const [stdout, stderr] = line!.split(' ')
      return { stdout: text(stdout), stderr: text(stderr) }
    },
    options: async () => {
      const [line] = await jvm.ask('options', () => true, 60_000)
      // Apache's list of commands grows with every command that is run.
      return [...new Set(text(line).trim().split('\n'))]
    },
    stop: () => jvm.stop(1000)
  }
}

/** Runs a case; what it wrote into a file counts as printed. */
export const runCase = async (
  admin: Mqadmin,
  seed: Seed,
  { name, args, ms, file, written }: AdminCase
): Promise<Printed> => {
  if (file !== undefined) writeFileSync(join(seed.dir, 'in.json'), file)
  const printed = await admin.run([name.split(' ')[0]!, '-n', seed.namesrv, ...args(seed)], ms)
  const path = written?.(seed)
  return path === undefined || !existsSync(path)
    ? printed
    : { ...printed, stdout: `${printed.stdout}\n${readFileSync(path, 'utf8')}` }
}
