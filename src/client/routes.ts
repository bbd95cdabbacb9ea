/**
 * What NameServers know: routes of topics (cached for a while), clusters, names. Several NameServers stand in for each
 * other: the one that answered last is asked first. Java: MQClientAPIImpl, TopicRouteData.
 */
import { errorText, MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import { type ClusterInfo, clusterInfoShape } from '../protocol/bodies/cluster-info.ts'
import { topicListShape } from '../protocol/bodies/name-lists.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { type TopicRouteData, topicRouteDataShape } from '../protocol/bodies/topic-route.ts'
import { type Command, emptyBody } from '../protocol/command.ts'
import { mayRead, mayWrite } from '../protocol/permissions.ts'
import { getAllTopicListFromNameserver } from '../protocol/requests/get-all-topic-list-from-nameserver.ts'
import { getBrokerClusterInfo } from '../protocol/requests/get-broker-cluster-info.ts'
import { getRouteInfoByTopic } from '../protocol/requests/get-route-info-by-topic.ts'
import type { HeaderOf, Request } from '../protocol/requests/request.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { RemotingClient } from '../remoting/client.ts'
import { refusal } from './refusal.ts'
import type { SessionSettings } from './session-settings.ts'

/** One queue, and where its broker is. */
export interface QueuePlace {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  /** Addresses by broker id; 0 = master. */
  readonly addresses: ReadonlyMap<number, string>
}

/** Older ones are still used, while a new one is asked for in the background. */
const freshMs = 30_000
/** A NameServer that does not know a topic may have been started a moment ago, before its brokers registered. */
const forgetMs = 120_000
/** After a failed refresh. */
const againMs = 5000
const cachedMax = 10_000

interface Cached {
  readonly route: TopicRouteData
  /** Monotonic time of the answer, and from when on to ask again. */
  readonly at: number
  readonly staleAt: number
}

export class Routes {
  readonly #remoting: RemotingClient
  readonly #settings: SessionSettings
  readonly #cached = new Map<string, Cached>()
  readonly #asking = new Map<string, Promise<TopicRouteData | undefined>>()
  #first = 0

  constructor(remoting: RemotingClient, settings: SessionSettings) {
    this.#remoting = remoting
    this.#settings = settings
  }

  get namesrv(): readonly string[] {
    return this.#settings.namesrv
  }

  /** The route of a topic. Rejects with MQ_TOPIC_NOT_FOUND, MQ_NO_ROUTE, MQ_CONNECT_FAILED: each says which cause holds. */
  async of(topic: string): Promise<TopicRouteData> {
    const route = await this.find(topic)
    if (route === undefined) throw await this.#missing(topic)
    return route
  }

  /**
   * The route, or undefined when no NameServer knows the topic. What is cached is answered at once and renewed in the
   * background, so NameServers that are away do not stop who knows his way; `fresh` waits for what they say now.
   */
  async find(topic: string, options: { readonly fresh?: boolean } = {}): Promise<TopicRouteData | undefined> {
    const cached = this.#cached.get(topic)
    if (cached === undefined || options.fresh === true) return this.#learn(topic)
    if (this.#settings.clock.monotonic() >= cached.staleAt) this.#refresh(topic, cached)
    return cached.route
  }

  #refresh(topic: string, cached: Cached): void {
    const { clock, log } = this.#settings
    this.#cached.set(topic, { ...cached, staleAt: clock.monotonic() + againMs })
    this.#learn(topic, cached).catch(error =>
      log.warn({ error: errorText(error), topic }, 'a route could not be renewed; the known one is used on')
    )
  }

  /** Asks the NameServers, once for all who want to know the same. */
  #learn(topic: string, cached?: Cached): Promise<TopicRouteData | undefined> {
    // A renewal may keep the known route: who wants a fresh one does not wait for that.
    const key = cached === undefined ? topic : `${topic}\n`
    const asking = this.#asking.get(key)
    if (asking !== undefined) return asking
    const learning = this.#askRoute(topic, cached).finally(() => this.#asking.delete(key))
    this.#asking.set(key, learning)
    return learning
  }

  async #askRoute(topic: string, cached: Cached | undefined): Promise<TopicRouteData | undefined> {
    const { clock } = this.#settings
    const answer = await this.ask(getRouteInfoByTopic, { topic, acceptStandardJsonOnly: true })
    const now = clock.monotonic()
    if (answer.code === responseCodes.TOPIC_NOT_EXIST) {
      if (cached !== undefined && now - cached.at < forgetMs) return cached.route
      this.#cached.delete(topic)
      return undefined
    }
    if (answer.code !== 0) throw refusal(answer, 'the NameServer', `give the route of ${topic}`)
    const route = readBody(topicRouteDataShape, answer.body)
    if (this.#cached.size >= cachedMax) this.#cached.clear()
    this.#cached.set(topic, { route, at: now, staleAt: now + freshMs })
    return route
  }

  /** Asks NameServers in turn until one answers. Rejects with MQ_CONNECT_FAILED when none does. */
  async ask<Q extends Request>(request: Q, header: HeaderOf<Q>, body: Buffer = emptyBody): Promise<Command> {
    const { namesrv, timeoutMs } = this.#settings
    const failures: string[] = []
    for (let turn = 0; turn < namesrv.length; turn++) {
      const at = (this.#first + turn) % namesrv.length
      try {
        const answer = await this.#remoting.invoke(namesrv[at]!, request, header, body, timeoutMs)
        this.#first = at
        return answer
      } catch (error) {
        if (!(error instanceof MqError) || !error.retryable) throw error
        failures.push(errorText(error))
      }
    }
    const which =
      namesrv.length === 1 ? `the NameServer ${namesrv[0]} does not` : `none of the ${namesrv.length} NameServers does`
    throw new MqError('MQ_CONNECT_FAILED', `${which} answer: ${failures.join('; ')}`, {
      suggestions: ['start one with `mq dev`', 'name another with -n HOST:PORT or NAMESRV_ADDR']
    })
  }

  /** Those NameServers whose route of the topic is not (yet) as it should be; one that does not answer does not count. */
  async lacking(topic: string, isRight: (route: TopicRouteData) => boolean): Promise<string[]> {
    const lacking: string[] = []
    for (const [address, answer] of await this.#askEach(getRouteInfoByTopic, { topic, acceptStandardJsonOnly: true })) {
      if (answer.code !== 0 || !isRight(readBody(topicRouteDataShape, answer.body))) lacking.push(address)
    }
    return lacking
  }

  /** Sends the same to every NameServer. Rejects when one refuses or none answers. */
  async tellAll<Q extends Request>(request: Q, header: HeaderOf<Q>, what: string): Promise<void> {
    for (const [address, answer] of await this.#askEach(request, header)) {
      if (answer.code !== 0) throw refusal(answer, `the NameServer ${address}`, what)
    }
  }

  async #askEach<Q extends Request>(request: Q, header: HeaderOf<Q>): Promise<[address: string, answer: Command][]> {
    const { namesrv, timeoutMs } = this.#settings
    const answers: [string, Command][] = []
    let failure: unknown
    for (const address of namesrv) {
      try {
        answers.push([address, await this.#remoting.invoke(address, request, header, emptyBody, timeoutMs)])
      } catch (error) {
        failure = error
      }
    }
    if (answers.length === 0) throw failure
    return answers
  }

  async clusters(): Promise<ClusterInfo> {
    const answer = await this.ask(getBrokerClusterInfo, {})
    if (answer.code !== 0) throw refusal(answer, 'the NameServer', 'list the clusters')
    return readBody(clusterInfoShape, answer.body)
  }

  async topicNames(): Promise<readonly string[]> {
    const answer = await this.ask(getAllTopicListFromNameserver, {})
    if (answer.code !== 0) throw refusal(answer, 'the NameServer', 'list the topics')
    return readBody(topicListShape, answer.body).topicList
  }

  /** Why there is no route: no broker at all, or only this topic is not there. */
  async #missing(topic: string): Promise<MqError> {
    const { brokerAddrTable } = await this.clusters()
    if (brokerAddrTable.size === 0) {
      const where = this.namesrv.join(';')
      return new MqError(
        'MQ_NO_ROUTE',
        `no broker is registered with the NameServer ${where}, so no topic has a route`,
        {
          suggestions: [`start one: \`mq broker start -n ${where}\``]
        }
      )
    }
    const meant = nearest(topic, await this.topicNames())
    return new MqError('MQ_TOPIC_NOT_FOUND', `the topic ${topic} does not exist`, {
      suggestions: meant === undefined ? [] : [`did you mean ${meant}?`]
    })
  }
}

const places = (topic: string, route: TopicRouteData, of: 'read' | 'write'): QueuePlace[] => {
  const brokers = new Map(route.brokerDatas.map(broker => [broker.brokerName, broker]))
  return route.queueDatas.flatMap(queue => {
    const addresses = brokers.get(queue.brokerName)?.brokerAddrs ?? new Map<number, string>()
    if (!(of === 'read' ? mayRead(queue.perm) : mayWrite(queue.perm)) || addresses.size === 0) return []
    const count = of === 'read' ? queue.readQueueNums : queue.writeQueueNums
    return Array.from({ length: count }, (_, queueId) => ({ topic, brokerName: queue.brokerName, queueId, addresses }))
  })
}

/** The queues that may be read, in the order that all clients agree on: broker name, then queue. */
export const readableQueues = (topic: string, route: TopicRouteData): QueuePlace[] =>
  places(topic, route, 'read').sort(byName)

/** The queues that may be written: those of brokers whose master is there. */
export const writableQueues = (topic: string, route: TopicRouteData): QueuePlace[] =>
  places(topic, route, 'write')
    .filter(place => place.addresses.has(0))
    .sort(byName)

const byName = (left: QueuePlace, right: QueuePlace): number =>
  left.brokerName === right.brokerName ? left.queueId - right.queueId : left.brokerName < right.brokerName ? -1 : 1

/** Where to read: the wished broker id, else the master, else the lowest slave. */
export const readAddress = (place: QueuePlace, wishedId = 0): string => {
  const lowest = Math.min(...place.addresses.keys())
  return place.addresses.get(wishedId) ?? place.addresses.get(0) ?? place.addresses.get(lowest)!
}
