/**
 * Tells every NameServer of the broker and its topics. Each has a link of its own, so that one that is dead delays
 * nothing. Java: BrokerController.registerBrokerAll, BrokerOuterAPI.
 */
import { crc32 } from 'node:zlib'
import { type Clock, pause } from '../../kit/clock.ts'
import { MqError } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import { writeRegisterBrokerBody } from '../../protocol/bodies/register-broker-body.ts'
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { plainTopics } from '../../protocol/bodies/topic-config-wrapper.ts'
import { emptyBody } from '../../protocol/command.ts'
import { registerBroker } from '../../protocol/requests/register-broker.ts'
import { unregisterBroker } from '../../protocol/requests/unregister-broker.ts'
import { formatAddress } from '../../remoting/address.ts'
import { parseAdvertise, writeAdvertised } from '../../remoting/advertise.ts'
import type { RemotingClient } from '../../remoting/client.ts'
import type { Endpoint } from '../../remoting/peer.ts'
import type { BrokerOptions } from '../options.ts'
import type { BrokerIdentity } from '../parts.ts'
import { TopicChanges } from '../topics/topic-changes.ts'
import type { Topics } from '../topics/topics.ts'
import { NameServerLink } from './name-server-link.ts'

export interface RegistrationParts {
  readonly client: RemotingClient
  readonly topics: Pick<Topics, 'all' | 'dataVersion' | 'get' | 'onChange'>
  readonly identity: BrokerIdentity
  readonly options: BrokerOptions
  /** Where the broker is bound, for NameServers of mq: they answer each client with an address that it can reach. */
  readonly bound: Endpoint
  readonly clock: Clock
  readonly log: Logger
}

/** How long a change waits for NameServers that were there a moment ago. */
const changeWaitMs = 3000
/** How long the start waits for other NameServers once one knows the broker. */
const otherWaitMs = 200
const unregisterMs = 3000

/** `host:port;host:port`, as namesrvAddr says it; commas and blanks separate too. */
export const nameServers = (addresses: string): string[] => [
  ...new Set(addresses.split(/[;,\s]+/).filter(address => address !== ''))
]

export class Registration {
  readonly #parts: RegistrationParts
  readonly #links: readonly NameServerLink[]
  readonly #advertise: string
  readonly #changes: TopicChanges
  /** The version of the topics that each NameServer has, by its address. */
  readonly #known = new Map<string, number>()
  #body: { readonly key: string; readonly body: Encoded } | undefined

  constructor(parts: RegistrationParts) {
    this.#parts = parts
    const { bound, client, clock, log, options } = parts
    this.#advertise = writeAdvertised({
      rules: parseAdvertise(options.advertise),
      listeners: [formatAddress(bound)],
      fixed: options.brokerIP1 !== ''
    })
    this.#changes = new TopicChanges(parts.topics)
    this.#links = nameServers(options.namesrvAddr).map(
      address =>
        new NameServerLink({
          address,
          client,
          clock,
          log,
          periodMs: options.registerNameServerPeriod,
          register: to => this.#register(to),
          lost: from => this.#known.delete(from)
        })
    )
  }

  /** NameServers that know the broker now. */
  get registered(): readonly string[] {
    return this.#links.filter(link => link.registered).map(link => link.address)
  }

  /** NameServers that should know it. */
  get wanted(): readonly string[] {
    return this.#links.map(link => link.address)
  }

  /**
   * Registers with all at once. Resolves when those that were reachable before have answered, or after three seconds;
   * those that were not, or that kept the last change waiting, are tried, but not waited for.
   */
  async now(): Promise<void> {
    const rounds = this.#links.map(link => ({ link, wait: link.prompt, done: link.register() }))
    const awaited = rounds.filter(round => round.wait)
    if (awaited.length === 0) return
    const open = new Set(awaited.map(({ link }) => link))
    const all = Promise.all(awaited.map(({ link, done }) => done.then(() => open.delete(link))))
    await Promise.race([all, pause(this.#parts.clock, changeWaitMs)])
    for (const link of open) link.isLate()
  }

  /**
   * Registers for the first time. Resolves when every NameServer has answered or failed; soon after the first good
   * answer when some keep silent; after three seconds at the latest.
   */
  async start(): Promise<void> {
    if (this.#links.length === 0) return
    const { clock } = this.#parts
    const rounds = this.#links.map(link => link.register().then(() => link.registered))
    const first = Promise.any(
      rounds.map(round => round.then(good => (good ? true : Promise.reject(new Error('failed')))))
    )
    await Promise.race([
      Promise.all(rounds),
      first.then(() => pause(clock, otherWaitMs)).catch(() => pause(clock, changeWaitMs)),
      pause(clock, changeWaitMs)
    ])
  }

  /** Takes the broker out of the routes of those that know it. Never rejects. */
  async stop(): Promise<void> {
    const known = this.registered
    for (const link of this.#links) link.stop()
    const { client, identity } = this.#parts
    const header = { brokerName: identity.brokerName, clusterName: identity.clusterName, brokerId: identity.brokerId }
    await Promise.allSettled(
      known.map(address =>
        client.invoke(address, unregisterBroker, { ...header, brokerAddr: this.#address() }, emptyBody, unregisterMs)
      )
    )
  }

  async #register(address: string): Promise<void> {
    const { client, identity, options, topics } = this.#parts
    const { advertised } = identity
    const { counter } = topics.dataVersion
    const { bytes, crc } = this.#bodyFor(address)
    const answer = await client.invoke(
      address,
      registerBroker,
      {
        brokerName: identity.brokerName,
        brokerAddr: this.#address(),
        clusterName: identity.clusterName,
        haServerAddr: formatAddress({
          host: options.brokerIP2 || advertised.host,
          port: options.haListenPort || advertised.port + 1
        }),
        brokerId: identity.brokerId,
        enableActingMaster: false,
        compressed: false,
        bodyCrc32: crc,
        mqAdvertise: this.#advertise
      },
      bytes,
      options.registerBrokerTimeoutMills
    )
    if (answer.code === 0) {
      this.#known.set(address, counter)
      return
    }
    const message = `the NameServer ${address} refused the registration with code ${answer.code}: ${answer.remark ?? ''}`
    throw new MqError('MQ_SERVER_REFUSED', message, { responseCode: answer.code })
  }

  #address(): string {
    return formatAddress(this.#parts.identity.advertised)
  }

  /**
   * What changed since the NameServer was last registered with, or all topics when that is not known, much, or nothing:
   * the registration of every period tells all. Java: registerIncrementBrokerData.
   */
  #bodyFor(address: string): Encoded {
    const { topics, options } = this.#parts
    const changed = this.#changes.since(this.#known.get(address))
    if (changed !== undefined && changed.size > 0)
      return this.#encode([...changed].map(name => topics.get(name)).filter(config => config !== undefined))
    const { counter, timestamp } = topics.dataVersion
    const key = `${counter}/${timestamp}/${options.brokerPermission}`
    if (this.#body?.key !== key) this.#body = { key, body: this.#encode(topics.all()) }
    return this.#body.body
  }

  #encode(configs: Iterable<TopicConfig>): Encoded {
    const { topics, options } = this.#parts
    const table = new Map<string, TopicConfig>()
    for (const config of configs) table.set(config.topicName, permitted(config, options.brokerPermission))
    const bytes = writeRegisterBrokerBody({
      topicConfigSerializeWrapper: plainTopics(table, topics.dataVersion),
      filterServerList: []
    })
    return { bytes, crc: crc32(bytes) & 0x7fffffff }
  }
}

interface Encoded {
  readonly bytes: Buffer
  readonly crc: number
}

/** A topic as the broker's own permission leaves it. */
const permitted = (config: TopicConfig, brokerPermission: number): TopicConfig =>
  (brokerPermission & 6) === 6 ? config : { ...config, perm: config.perm & brokerPermission }
