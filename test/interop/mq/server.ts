/** mq's NameServer and broker as a user would start them, built, in a directory of their own; alone or beside Apache's. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lastLines, startProcess } from '../apache/processes.ts'
import { poll } from '../apache/ready.ts'
import { startApacheBroker, startApacheNamesrv } from '../apache/server.ts'
import {
  brokerAddress,
  brokerSettings,
  freeBasePort,
  namesrvAddress,
  type Part,
  type Peer,
  propertiesText,
  startPair
} from '../peer.ts'

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

/** Starts `mq WORDS…` with a ready file and waits for it. */
const start = async (dir: string, name: string, words: readonly string[]): Promise<Part> => {
  build()
  mkdirSync(dir, { recursive: true })
  const readyFile = join(dir, `${name}-ready.json`)
  rmSync(readyFile, { force: true })
  const daemon = startProcess({
    command: process.execPath,
    args: [mqCommand, ...words, '--data-dir', join(dir, `${name}-data`), '--ready-file', readyFile],
    logFile: join(dir, `${name}.out`),
    cwd: dir
  })
  try {
    await poll(`mq ${words[0]}`, 20_000, daemon.ended, async () => existsSync(readyFile))
    return daemon
  } catch (error) {
    await daemon.stop()
    throw new Error(`${(error as Error).message}\n${lastLines(daemon.logFile)}`)
  }
}

/** Writes the broker's configuration file and gives back its path. */
const brokerConf = (dir: string): string => {
  mkdirSync(dir, { recursive: true })
  const path = join(dir, 'broker.conf')
  writeFileSync(path, propertiesText(brokerSettings))
  return path
}

const startMqNamesrv = (dir: string, base: number): Promise<Part> =>
  start(dir, 'namesrv', ['namesrv', 'start', '--port', String(base)])

const startMqBroker = (dir: string, base: number): Promise<Part> =>
  start(dir, 'broker', [
    ...['broker', 'start', '-n', namesrvAddress(base), '--port', String(base + 1035)],
    ...['-c', brokerConf(dir)]
  ])

/** NameServer and broker in one process, as `mq dev` starts them. */
export const startMq = async (dir: string): Promise<Peer> => {
  const base = await freeBasePort()
  const startDev = (): Promise<Part> => start(dir, 'mq', ['dev', '--ports', String(base), '-c', brokerConf(dir)])
  let daemon = await startDev()
  return {
    name: 'mq',
    namesrv: namesrvAddress(base),
    broker: brokerAddress(base),
    logs: [daemon.logFile],
    restart: async () => {
      await daemon.stop(20_000)
      daemon = await startDev()
    },
    stop: () => daemon.stop(20_000)
  }
}

/** mq's broker, registered with Apache's NameServer. */
export const startMqAtApache = async (dir: string): Promise<Peer> => {
  const base = await freeBasePort()
  return startPair(
    "mq's broker at Apache's NameServer",
    base,
    () => startApacheNamesrv(dir, base),
    () => startMqBroker(dir, base)
  )
}

/** Apache's broker, registered with mq's NameServer. */
export const startApacheAtMq = async (dir: string): Promise<Peer> => {
  const base = await freeBasePort()
  return startPair(
    "Apache's broker at mq's NameServer",
    base,
    () => startMqNamesrv(dir, base),
    () => startApacheBroker(dir, base)
  )
}
