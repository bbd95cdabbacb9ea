/** mq's NameServer and broker as a peer: `mq dev` as a user would start it, built, in a directory of its own. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lastLines, startProcess } from '../apache/processes.ts'
import { poll } from '../apache/ready.ts'
import { brokerSettings, freeBasePort, type Peer, propertiesText } from '../peer.ts'

const root = resolve(import.meta.dirname, '../../..')
const installed = process.env['MQ_INTEROP_COMMAND']
/** The script that is `mq`: the one built here, or an installed one that the caller names. */
export const mqCommand = installed ?? join(root, 'bin', 'run.js')

let built = installed !== undefined
/** Builds once a run: what is tested is what a user would get. */
export const build = (): void => {
  if (!built) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  built = true
}

export const startMq = async (dir: string): Promise<Peer> => {
  build()
  mkdirSync(dir, { recursive: true })
  const base = await freeBasePort()
  const conf = join(dir, 'broker.conf')
  writeFileSync(conf, propertiesText(brokerSettings))
  const readyFile = join(dir, 'ready.json')
  const daemon = startProcess({
    command: process.execPath,
    args: [
      ...[mqCommand, 'dev', '--ports', String(base), '--data-dir', join(dir, 'data')],
      ...['-c', conf, '--ready-file', readyFile]
    ],
    logFile: join(dir, 'mq.out'),
    cwd: dir
  })
  try {
    await poll('mq dev', 20_000, daemon.ended, async () => existsSync(readyFile))
  } catch (error) {
    await daemon.stop()
    throw new Error(`${(error as Error).message}\n${lastLines(join(dir, 'mq.out'))}`)
  }
  return {
    name: 'mq',
    namesrv: `127.0.0.1:${base}`,
    broker: `127.0.0.1:${base + 1035}`,
    logs: [join(dir, 'mq.out')],
    stop: () => daemon.stop(20_000)
  }
}
