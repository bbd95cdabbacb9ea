/** One `mq dev` for all tests of commands on topics, brokers, clusters and NameServers: each works with names of its own. */
import { cluster, type Finished } from './mq.ts'

/** Started before the first test of the run, and stopped after the last one. */
export const ops = cluster()

export const run = (...args: string[]): Promise<Finished> => ops().run(args)

/** The result of a command, which must have gone well. */
export const json = async <Result>(...args: string[]): Promise<Result> => {
  const { code, stdout, stderr } = await ops().run([...args, '--json'])
  if (code !== 0) throw new Error(`mq ${args.join(' ')} exited with ${code}: ${stderr}${stdout}`)
  return JSON.parse(stdout) as Result
}
