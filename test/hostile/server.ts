/**
 * NameServer and broker in one process, to be attacked. Handlers are counted by wrapping each route as it is put into its
 * table, here and only while the servers start. The parent asks `report` and gets what happened inside.
 */

import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { startBroker } from '../../src/broker/broker.ts'
import { brokerOptionRows } from '../../src/broker/options.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { MqError } from '../../src/kit/errors.ts'
import { defaultOptions, readOptions } from '../../src/kit/options.ts'
import { startNamesrv } from '../../src/namesrv/namesrv.ts'
import { namesrvOptionRows } from '../../src/namesrv/options.ts'
import type { Route } from '../../src/remoting/router.ts'

export interface ServerReport {
  /** Request code → how often its route ran. */
  readonly routed: [number, number][]
  /** Of these, how often the handler got a header that it could read. */
  readonly handled: [number, number][]
  readonly unhandled: string[]
  /** Lines that were logged as errors. */
  readonly errors: string[]
  /** The last things it warned of: why it closed connections, say. */
  readonly warnings: string[]
  /** Names that appeared on Object.prototype. */
  readonly polluted: string[]
  readonly loopDelayP99Ms: number
  readonly loopDelayMaxMs: number
  readonly rssMiB: number
}

const routed = new Map<number, number>()
const handled = new Map<number, number>()
const unhandled: string[] = []
const errors: string[] = []
const warnings: string[] = []
const wrapped = new WeakSet<object>()

const bump = (table: Map<number, number>, code: number): void => {
  realSet.call(table, code, (table.get(code) ?? 0) + 1)
}

const counted = (route: Route): Route => {
  const counting: Route = {
    request: route.request,
    async answer(asked) {
      bump(routed, route.request.code)
      try {
        const answer = await route.answer(asked)
        bump(handled, route.request.code)
        return answer
      } catch (error) {
        if (!(error instanceof MqError && error.code === 'MQ_HEADER_INVALID')) bump(handled, route.request.code)
        throw error
      }
    }
  }
  wrapped.add(counting)
  return counting
}

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'request' in value && 'answer' in value

const realSet = Map.prototype.set
const countRoutes = (): void => {
  Map.prototype.set = function set(key: unknown, value: unknown) {
    return realSet.call(this, key, isRoute(value) && !wrapped.has(value) ? counted(value) : value)
  }
}

process.on('unhandledRejection', reason => unhandled.push(String((reason as Error)?.stack ?? reason)))
process.on('uncaughtException', error => unhandled.push(`uncaught: ${error.stack ?? error.message}`))

const log = {
  debug: () => {},
  info: () => {},
  warn: (fields: object, message: string) => {
    warnings.push(`${message} ${JSON.stringify(fields).slice(0, 300)}`)
    if (warnings.length > 400) warnings.shift()
  },
  error: (fields: object, message: string) => {
    if (errors.length < 200) errors.push(`${message} ${JSON.stringify(fields).slice(0, 1_500)}`)
  }
}

const dir = process.env['DIR'] ?? ''
countRoutes()
const namesrv = await startNamesrv(
  { values: { ...defaultOptions(namesrvOptionRows), listenPort: 0 }, dataDir: join(dir, 'namesrv') },
  { clock: systemClock, log }
)
const settings = readOptions(brokerOptionRows, {
  flags: {
    storePathRootDir: join(dir, 'broker'),
    listenPort: 0,
    namesrvAddr: `127.0.0.1:${namesrv.address.port}`,
    diskSpaceFreeBytesMin: 1024 * 1024
  }
})
const broker = await startBroker(settings, { clock: systemClock, log, random: Math.random })
Map.prototype.set = realSet

const delays = monitorEventLoopDelay({ resolution: 5 })
delays.enable()

const report = (): ServerReport => ({
  routed: [...routed],
  handled: [...handled],
  unhandled,
  errors,
  warnings,
  polluted: Object.keys(Object.prototype).concat(
    ['x', 'a', 'polluted'].filter(name => name in (Object.create(Object.prototype) as object))
  ),
  loopDelayP99Ms: delays.percentile(99) / 1e6,
  loopDelayMaxMs: delays.max / 1e6,
  rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20)
})

process.on('message', (message: string) => {
  if (message === 'report') process.send?.(report())
  if (message === 'reset') delays.reset()
  if (message === 'stop') {
    void broker
      .stop()
      .then(() => namesrv.close())
      .then(() => process.exit(0))
  }
})
process.send?.({ broker: broker.address.port, namesrv: namesrv.address.port })
