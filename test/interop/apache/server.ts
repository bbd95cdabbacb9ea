/** Apache's NameServer and broker, from the published jars, with small heaps, in a directory of their own. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  brokerSettings,
  freeBasePort,
  namesrvAddress,
  type Part,
  type Peer,
  propertiesText,
  startPair
} from '../peer.ts'
import { jars, javaOpens } from './jars.ts'
import { lastLines, type Running, startProcess } from './processes.ts'
import { askRoute, poll } from './ready.ts'

export interface ApacheOptions {
  readonly version?: string
  /** NameServer port; the broker listens 1035 above it. Free ones are looked for when it is left out. */
  readonly base?: number
  /** More lines of broker.conf. */
  readonly settings?: Readonly<Record<string, string>>
  /** Heap of the broker, as -Xmx takes it. */
  readonly heap?: string
  /** CPUs that the broker may use, as taskset takes them. */
  readonly cpus?: string
}

interface Start {
  readonly name: string
  readonly mainClass: string
  readonly heap: string
  readonly conf: Readonly<Record<string, string>>
  readonly ready: () => Promise<boolean>
}

/** Both parts answer GET_ROUTEINFO_BY_TOPIC, directly or through their registration, when they are ready. */
const start = async (dir: string, options: ApacheOptions, what: Start): Promise<Part> => {
  const { name, mainClass, heap } = what
  const classPath = await jars('server', options.version ?? '5.5.0')
  mkdirSync(join(dir, 'home', 'conf'), { recursive: true })
  mkdirSync(join(dir, name), { recursive: true })
  const conf = join(dir, `${name}.conf`)
  writeFileSync(conf, propertiesText(what.conf))
  const args = [
    ...['-server', `-Xms${heap}`, `-Xmx${heap}`, '-XX:MaxDirectMemorySize=512m', ...javaOpens],
    ...[`-Duser.home=${join(dir, name)}`, `-Drocketmq.home.dir=${join(dir, 'home')}`, '-cp', classPath, mainClass],
    ...['-c', conf]
  ]
  const pinned = options.cpus !== undefined && name === 'broker'
  const running: Running = startProcess({
    command: pinned ? 'taskset' : 'java',
    args: pinned ? ['-c', options.cpus!, 'java', ...args] : args,
    logFile: join(dir, `${name}.out`),
    cwd: dir
  })
  try {
    await poll(`Apache's ${name}`, 120_000, running.ended, what.ready)
    return running
  } catch (error) {
    await running.stop()
    throw new Error(`${(error as Error).message}\n${lastLines(running.logFile)}`)
  }
}

export const startApacheNamesrv = (dir: string, base: number, options: ApacheOptions = {}): Promise<Part> =>
  start(dir, options, {
    name: 'namesrv',
    mainClass: 'org.apache.rocketmq.namesrv.NamesrvStartup',
    heap: '128m',
    conf: { listenPort: String(base) },
    ready: async () => (await askRoute(namesrvAddress(base), 'none')).code > 0
  })

export const startApacheBroker = (dir: string, base: number, options: ApacheOptions = {}): Promise<Part> =>
  start(dir, options, {
    name: 'broker',
    mainClass: 'org.apache.rocketmq.broker.BrokerStartup',
    heap: options.heap ?? '512m',
    conf: {
      ...brokerSettings,
      brokerRole: 'ASYNC_MASTER',
      namesrvAddr: namesrvAddress(base),
      brokerIP1: '127.0.0.1',
      brokerIP2: '127.0.0.1',
      listenPort: String(base + 1035),
      haListenPort: String(base + 1036),
      storePathRootDir: join(dir, 'store'),
      ...options.settings
    },
    ready: async () => (await askRoute(namesrvAddress(base), 'TBW102')).code === 0
  })

/** Starts both and resolves when a client would find the broker. State and logs lie below `dir`. */
export const startApache = async (dir: string, options: ApacheOptions = {}): Promise<Peer & { brokerPid: number }> => {
  const base = options.base ?? (await freeBasePort())
  return startPair(
    'Apache',
    base,
    () => startApacheNamesrv(dir, base, options),
    () => startApacheBroker(dir, base, options)
  )
}
