/** Apache's NameServer and broker as a peer, from the published jars, with small heaps, in a directory of their own. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brokerSettings, freeBasePort, type Peer, propertiesText } from '../peer.ts'
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

/** Starts both and resolves when a client would find the broker. State and logs lie below `dir`. */
export const startApache = async (dir: string, options: ApacheOptions = {}): Promise<Peer & { brokerPid: number }> => {
  const classPath = await jars('server', options.version ?? '5.5.0')
  const base = options.base ?? (await freeBasePort())
  const namesrvAddress = `127.0.0.1:${base}`
  const brokerAddress = `127.0.0.1:${base + 1035}`
  mkdirSync(join(dir, 'home', 'conf'), { recursive: true })
  const java = (name: string, heap: string, mainClass: string, conf: string): Running => {
    const home = join(dir, name)
    mkdirSync(home, { recursive: true })
    const args = [
      ...['-server', `-Xms${heap}`, `-Xmx${heap}`, '-XX:MaxDirectMemorySize=512m', ...javaOpens],
      ...[`-Duser.home=${home}`, `-Drocketmq.home.dir=${join(dir, 'home')}`, '-cp', classPath, mainClass, '-c', conf]
    ]
    const pinned = options.cpus !== undefined && name === 'broker'
    return startProcess({
      command: pinned ? 'taskset' : 'java',
      args: pinned ? ['-c', options.cpus!, 'java', ...args] : args,
      logFile: join(dir, `${name}.out`),
      cwd: dir
    })
  }
  const namesrvConf = join(dir, 'namesrv.conf')
  writeFileSync(namesrvConf, propertiesText({ listenPort: String(base) }))
  const brokerConf = join(dir, 'broker.conf')
  writeFileSync(
    brokerConf,
    propertiesText({
      ...brokerSettings,
      brokerRole: 'ASYNC_MASTER',
      namesrvAddr: namesrvAddress,
      brokerIP1: '127.0.0.1',
      brokerIP2: '127.0.0.1',
      listenPort: String(base + 1035),
      haListenPort: String(base + 1036),
      storePathRootDir: join(dir, 'store'),
      ...options.settings
    })
  )
  const started: Running[] = []
  const stop = async (): Promise<void> => {
    // The broker first: it says goodbye to the NameServer.
    for (const running of started.reverse()) await running.stop(20_000)
  }
  try {
    const namesrv = java('namesrv', '128m', 'org.apache.rocketmq.namesrv.NamesrvStartup', namesrvConf)
    started.push(namesrv)
    await poll(
      'Apache NameServer',
      90_000,
      namesrv.ended,
      async () => (await askRoute(namesrvAddress, 'none')).code > 0
    )
    const broker = java('broker', options.heap ?? '512m', 'org.apache.rocketmq.broker.BrokerStartup', brokerConf)
    started.push(broker)
    await poll(
      'Apache broker',
      120_000,
      broker.ended,
      async () => (await askRoute(namesrvAddress, 'TBW102')).code === 0
    )
    const logs = [join(dir, 'namesrv.out'), join(dir, 'broker.out')]
    return { name: 'Apache', namesrv: namesrvAddress, broker: brokerAddress, brokerPid: broker.pid, logs, stop }
  } catch (error) {
    await stop()
    throw new Error(`${(error as Error).message}\n${lastLines(join(dir, 'broker.out'))}`)
  }
}
