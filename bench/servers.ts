/** The two brokers that are compared, each alone on the machine, pinned to one core, in a fresh directory. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startProcess } from '../test/interop/apache/processes.ts'
import { startApache } from '../test/interop/apache/server.ts'
import { freeBasePort } from '../test/interop/peer.ts'
import { untilReady } from './ready.ts'

export type ServerName = 'mq' | 'Apache'

export interface Server {
  readonly name: ServerName
  readonly port: number
  /** MiB of RssAnon + RssShmem of the broker's process. */
  memoryMiB(): number
  /** Seconds of CPU time of the broker's process so far. */
  cpuSeconds(): number
  stop(): Promise<void>
}

const mqCommand = join(import.meta.dirname, '..', 'bin', 'run.js')

const memoryOf = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
  return Math.round((kilobytes('RssAnon') + kilobytes('RssShmem')) / 1024)
}

/** The kernel counts CPU time in hundredths of a second. */
const cpuOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** All tasks of a process go to the core, also those that were started before. */
const startMq = async (dir: string, cpu: string): Promise<Server> => {
  const base = await freeBasePort()
  const ready = join(dir, 'ready.json')
  const daemon = startProcess({
    command: 'taskset',
    args: [
      ...['-c', cpu, process.execPath, mqCommand, 'dev', '--ports', String(base)],
      ...['--data-dir', join(dir, 'data'), '--ready-file', ready]
    ],
    logFile: join(dir, 'mq.out'),
    cwd: dir
  })
  await untilReady(ready, daemon)
  return {
    name: 'mq',
    port: base + 1035,
    memoryMiB: () => memoryOf(daemon.pid),
    cpuSeconds: () => cpuOf(daemon.pid),
    stop: () => daemon.stop(20_000)
  }
}

const startPeer = async (dir: string, cpu: string): Promise<Server> => {
  // Apache's own defaults where the interop tests use small ones.
  const settings = {
    mappedFileSizeCommitLog: String(1 << 30),
    messageDelayLevel: '1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h'
  }
  const peer = await startApache(dir, { cpus: cpu, heap: '1g', settings })
  return {
    name: 'Apache',
    port: Number(peer.broker.split(':')[1]),
    memoryMiB: () => memoryOf(peer.brokerPid),
    cpuSeconds: () => cpuOf(peer.brokerPid),
    stop: () => peer.stop()
  }
}

/** Runs `use` with a server, and stops and removes it afterwards, whatever happens. */
export const withServer = async <T>(
  name: ServerName,
  home: string,
  cpu: string,
  use: (server: Server) => Promise<T>
): Promise<T> => {
  const dir = join(home, `${name}-${readdirSync(home).length}`)
  mkdirSync(dir)
  const server = await (name === 'mq' ? startMq : startPeer)(dir, cpu)
  try {
    return await use(server)
  } finally {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
