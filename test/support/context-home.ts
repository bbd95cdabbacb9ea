/** A home of contexts for a test, and commands run in it. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Finished, type MqWish, mq } from './mq.ts'
import { type TempDir, tempDir } from './temp-dir.ts'

export interface ContextHome {
  readonly file: string
  run(args: readonly string[], wish?: MqWish): Promise<Finished>
  /** Runs it with --json and reads the answer; it must succeed. */
  json(...args: string[]): Promise<Record<string, unknown>>
  mode(): number
}

/** One for each test. */
export const contextHome = (): (() => ContextHome) => {
  let dir: TempDir
  let home: ContextHome
  beforeEach(() => {
    dir = tempDir()
    const file = join(dir.path, 'mq', 'contexts.json')
    const run = (args: readonly string[], wish: MqWish = {}): Promise<Finished> =>
      mq(args, { ...wish, env: { XDG_CONFIG_HOME: dir.path, ...wish.env } })
    const json = async (...args: string[]): Promise<Record<string, unknown>> => {
      const { code, stdout, stderr } = await run([...args, '--json'])
      if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${stdout} ${stderr}`)
      return JSON.parse(stdout)
    }
    home = { file, run, json, mode: () => statSync(file).mode & 0o777 }
  })
  afterEach(() => dir.remove())
  return () => home
}
