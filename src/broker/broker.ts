/**
 * A broker: puts its parts together, listens, registers, and takes itself down in an order that loses nothing.
 * Java: BrokerController.
 */
import { MqError } from '../kit/errors.ts'
import type { OptionSource } from '../kit/options.ts'
import { encodeHost } from '../protocol/host-bytes.ts'
import { uniqueIds } from '../protocol/message-id.ts'
import { parseAdvertise } from '../remoting/advertise.ts'
import { remotingClient } from '../remoting/client.ts'
import type { Endpoint, FastLane } from '../remoting/peer.ts'
import { type Route, router } from '../remoting/router.ts'
import { listen, type RemotingServer } from '../remoting/server.ts'
import { Closing } from './closing.ts'
import { hotLane } from './fast-lane/hot-lane.ts'
import { type BrokerDeps, type OpenedParts, openParts } from './open-parts.ts'
import type { BrokerOptions } from './options.ts'
import type { BrokerIdentity } from './parts.ts'
import { advertisedHost, checkBind } from './registration/addresses.ts'
import { Registration } from './registration/registration.ts'
import { pullRoutes } from './requests/pull/pull-routes.ts'
import { sendRoutes } from './requests/send/send-routes.ts'
import { adminRoutes } from './routes.ts'
import { type BrokerFigures, brokerFigures } from './stats/figures.ts'

/** What `readOptions(brokerOptionRows, …)` gives. */
export interface BrokerSettings {
  readonly values: BrokerOptions
  readonly sources?: ReadonlyMap<string, OptionSource>
}

export interface Broker {
  /** Where it listens; port 0 has become a real one. */
  readonly address: Endpoint
  readonly identity: BrokerIdentity
  readonly options: Readonly<BrokerOptions>
  /** Whether clients can use it: it listens, is registered with a NameServer if it has any, and is not stopping. */
  readonly ready: boolean
  /** Why it is not ready. */
  readonly unready: string | undefined
  stats(): BrokerFigures
  /** Unregisters, answers held pulls, finishes what is under way, writes all, closes. Never rejects. */
  stop(): Promise<void>
}

/** Resolves when clients can use the broker. Rejects with MQ_CONFIG_INVALID, MQ_PORT_IN_USE, MQ_STORE_…. */
export const startBroker = async (settings: BrokerSettings, deps: BrokerDeps): Promise<Broker> => {
  const options: BrokerOptions = { ...settings.values }
  checkRole(options)
  parseAdvertise(options.advertise)
  checkBind(options, deps.log)
  const closing = new Closing(deps.log)
  try {
    return await start({ options, sources: settings.sources ?? new Map() }, deps, closing)
  } catch (error) {
    await closing.run()
    throw error
  }
}

const checkRole = ({ brokerRole, brokerId }: BrokerOptions): void => {
  if (brokerRole === 'ASYNC_MASTER' && brokerId === 0) return
  const what = brokerRole === 'ASYNC_MASTER' ? `brokerId=${brokerId}` : `brokerRole=${brokerRole}`
  throw new MqError('MQ_NOT_SUPPORTED', `${what} needs replication, which this version of mq does not have`, {
    suggestions: ['start a single master: brokerRole=ASYNC_MASTER and brokerId=0']
  })
}

interface StartSettings {
  readonly options: BrokerOptions
  readonly sources: ReadonlyMap<string, OptionSource>
}

const start = async ({ options, sources }: StartSettings, deps: BrokerDeps, closing: Closing): Promise<Broker> => {
  // A port that is picked at the start must be known before the store is opened, since messages carry it. Nobody can
  // know such a port before, so an empty table of routes is enough until then.
  const wire: Wire = { routes: new Map(), lane: () => false }
  const server = options.listenPort === 0 ? await open(options, wire, deps, closing) : undefined
  const host = advertisedHost(options.brokerIP1, options.bindAddress)
  const identity: BrokerIdentity = {
    brokerName: options.brokerName,
    clusterName: options.brokerClusterName,
    brokerId: options.brokerId,
    regionId: options.regionId,
    advertised: { host, port: server?.address.port ?? options.listenPort }
  }
  const parts = await openParts({ options, sources, identity }, deps, closing)
  answerWith(parts, deps, wire)
  const listening = server ?? (await open(options, wire, deps, closing))
  closing.add('listener', () => {
    // Held pulls are answered before their connections go.
    parts.longPolls.wakeAll()
    return listening.close()
  })
  const registration = await register(parts, listening.address, deps, closing)
  return new RunningBroker(listening, parts, registration, closing)
}

/** What a listener answers with. */
interface Wire {
  readonly routes: Map<number, Route>
  lane: FastLane
}

const answerWith = (parts: OpenedParts, { clock, random }: BrokerDeps, wire: Wire): void => {
  const { host, port } = parts.identity.advertised
  const salt = Math.floor(random() * 2 ** 32)
  const address = encodeHost(host, port).subarray(0, -4)
  const uniqueId = uniqueIds({ address, pid: process.pid, salt, now: clock.now })
  const hot = { ...parts, settings: parts.options, random, uniqueId }
  const all = router([...adminRoutes(parts), ...sendRoutes(hot), ...pullRoutes(hot)])
  for (const [code, route] of all) wire.routes.set(code, route)
  wire.lane = hotLane(hot)
}

const open = async (
  options: BrokerOptions,
  wire: Wire,
  { clock, log }: BrokerDeps,
  closing: Closing
): Promise<RemotingServer> => {
  const server = await listen({
    host: options.bindAddress,
    port: options.listenPort,
    router: wire.routes,
    fastLane: (chunk, start, end, peer) => wire.lane(chunk, start, end, peer),
    clock,
    log,
    what: 'the broker',
    limits: {
      idleTimeoutMs: options.serverChannelMaxIdleTimeSeconds * 1000,
      connectionsMax: options.connectionsMax
    }
  })
  closing.add('listener', () => server.close())
  return server
}

const register = async (
  parts: OpenedParts,
  bound: Endpoint,
  { random }: BrokerDeps,
  closing: Closing
): Promise<Registration> => {
  const client = remotingClient({ clock: parts.clock, log: parts.log, random })
  closing.add('connections to NameServers', () => client.close())
  const registration = new Registration({ ...parts, client, bound })
  closing.add('registration', () => registration.stop())
  parts.topics.announceWith(() => registration.now())
  await registration.start()
  return registration
}

class RunningBroker implements Broker {
  readonly address: Endpoint
  readonly #server: RemotingServer
  readonly #parts: OpenedParts
  readonly #registration: Registration
  readonly #closing: Closing
  #stopped: Promise<void> | undefined

  constructor(server: RemotingServer, parts: OpenedParts, registration: Registration, closing: Closing) {
    this.address = server.address
    this.#server = server
    this.#parts = parts
    this.#registration = registration
    this.#closing = closing
  }

  get identity(): BrokerIdentity {
    return this.#parts.identity
  }

  get options(): Readonly<BrokerOptions> {
    return this.#parts.options
  }

  get ready(): boolean {
    return this.unready === undefined
  }

  get unready(): string | undefined {
    if (this.#stopped !== undefined) return 'the broker is stopping'
    const { wanted, registered } = this.#registration
    if (wanted.length > 0 && registered.length === 0) return `no NameServer of ${wanted.join(', ')} is registered with`
    return undefined
  }

  stats(): BrokerFigures {
    return brokerFigures(this.#parts, this.#server.peers.size)
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    this.#parts.log.info({}, 'the broker is stopping')
    const well = await this.#closing.run()
    if (well) this.#parts.log.info({}, 'the broker has stopped')
  }
}
