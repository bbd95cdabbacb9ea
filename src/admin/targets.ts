/** Which brokers an act is for: those that were named, or all masters of the only cluster. */
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { ClusterInfo } from '../protocol/bodies/cluster-info.ts'
import type { BrokerData, TopicRouteData } from '../protocol/bodies/topic-route.ts'
import type { Target } from './shared-rows.ts'

export interface Master {
  readonly brokerName: string
  readonly cluster: string
  readonly address: string
}

/** A broker process: a master or a slave. */
export interface BrokerProcess extends Master {
  readonly brokerId: number
}

/** The route as it is now: an act must not be about what was there half a minute ago. Rejects as Routes.of does. */
export const freshRoute = async (session: Session, topic: string): Promise<TopicRouteData> =>
  (await session.routes.find(topic, { fresh: true })) ?? session.routes.of(topic)

/** Rejects with MQ_NO_ROUTE (no broker), MQ_NOT_FOUND (no such name), MQ_USAGE (which cluster?). */
export const masters = async (session: Session, target: Target): Promise<Master[]> => {
  const { brokerAddrTable, clusterAddrTable } = await session.routes.clusters()
  if (brokerAddrTable.size === 0) throw noBroker(session)
  const names =
    target.brokers !== undefined && target.brokers.length > 0
      ? target.brokers
      : (clusterAddrTable.get(clusterName(target.cluster, [...clusterAddrTable.keys()])) ?? [])
  const found = names.map(name => named(brokerAddrTable, name))
  return found.sort((left, right) => (left.brokerName < right.brokerName ? -1 : 1))
}

/**
 * The master of that name, or the process at that address: only one that NameServers know, so that nobody makes us
 * connect anywhere else.
 */
const named = (known: ClusterInfo['brokerAddrTable'], name: string): Master => {
  const broker = known.get(name)
  if (broker !== undefined) return master(broker)
  for (const { brokerName, cluster = '', brokerAddrs } of known.values()) {
    for (const address of brokerAddrs.values()) if (address === name) return { brokerName, cluster, address }
  }
  const addresses = [...known.values()].flatMap(entry => [...entry.brokerAddrs.values()])
  throw unknown('broker', name, name.includes(':') ? addresses : known.keys())
}

/** Every process, masters and slaves, of the brokers that are meant; of all clusters when nothing is named. */
export const processes = async (session: Session, { cluster, brokers = [] }: Target): Promise<BrokerProcess[]> => {
  const { brokerAddrTable, clusterAddrTable } = await session.routes.clusters()
  if (brokerAddrTable.size === 0) throw noBroker(session)
  if (cluster !== undefined) clusterName(cluster, [...clusterAddrTable.keys()])
  const all = [...brokerAddrTable.values()].flatMap(({ brokerName, cluster: of = '', brokerAddrs }) =>
    Array.from(brokerAddrs, ([brokerId, address]) => ({ brokerName, cluster: of, brokerId, address }))
  )
  for (const name of brokers)
    if (all.every(({ brokerName, address }) => brokerName !== name && address !== name))
      throw unknown('broker', name, brokerAddrTable.keys())
  const order = (one: BrokerProcess): string =>
    `${one.cluster}\n${one.brokerName}\n${String(one.brokerId).padStart(20)}`
  return all
    .filter(
      one =>
        (cluster === undefined || one.cluster === cluster) &&
        (brokers.length === 0 || brokers.includes(one.brokerName) || brokers.includes(one.address))
    )
    .sort((left, right) => (order(left) < order(right) ? -1 : 1))
}

/** Every master of every cluster. A broker that has only slaves now is left out. Rejects with MQ_NO_ROUTE (no broker). */
export const allMasters = async (session: Session): Promise<Master[]> => {
  const { brokerAddrTable } = await session.routes.clusters()
  const found = [...brokerAddrTable.values()].filter(broker => broker.brokerAddrs.has(0)).map(master)
  if (found.length === 0) throw noBroker(session)
  return found.sort((left, right) => (left.brokerName < right.brokerName ? -1 : 1))
}

const noBroker = (session: Session): MqError => {
  const where = session.routes.namesrv.join(';')
  return new MqError('MQ_NO_ROUTE', `no broker is registered with the NameServer ${where}`, {
    suggestions: [`start one: \`mq broker start -n ${where}\``]
  })
}

/** The one broker that is meant: by name, or the only one there is. */
export const oneMaster = async (session: Session, name: string | undefined): Promise<Master> => {
  if (name !== undefined) return (await masters(session, { brokers: [name] }))[0]!
  const { brokerAddrTable } = await session.routes.clusters()
  if (brokerAddrTable.size > 1) {
    throw new MqError('MQ_USAGE', `there are several brokers: ${[...brokerAddrTable.keys()].sort().join(', ')}`, {
      suggestions: ['name one with --broker']
    })
  }
  return (await masters(session, { brokers: [...brokerAddrTable.keys()] }))[0]!
}

/** The cluster that is meant: by name, or the only one there is. Rejects with MQ_NO_ROUTE, MQ_NOT_FOUND, MQ_USAGE. */
export const clusterOf = async (session: Session, wished: string | undefined): Promise<string> => {
  const { brokerAddrTable, clusterAddrTable } = await session.routes.clusters()
  if (brokerAddrTable.size === 0) throw noBroker(session)
  return clusterName(wished, [...clusterAddrTable.keys()])
}

const clusterName = (wished: string | undefined, known: readonly string[]): string => {
  if (wished !== undefined) {
    if (!known.includes(wished)) throw unknown('cluster', wished, known)
    return wished
  }
  if (known.length === 1) return known[0]!
  throw new MqError('MQ_USAGE', `there are several clusters: ${[...known].sort().join(', ')}`, {
    suggestions: ['name one with --cluster']
  })
}

const master = (broker: BrokerData): Master => {
  const address = broker.brokerAddrs.get(0)
  if (address === undefined) {
    throw new MqError('MQ_NO_ROUTE', `the broker ${broker.brokerName} has no master now, only slaves`)
  }
  return { brokerName: broker.brokerName, cluster: broker.cluster ?? '', address }
}

const unknown = (kind: string, name: string, known: Iterable<string>): MqError => {
  const names = [...known].sort()
  const meant = nearest(name, names)
  const suggestions = [...(meant === undefined ? [] : [`did you mean ${meant}?`]), `there are: ${names.join(', ')}`]
  return new MqError('MQ_NOT_FOUND', `there is no ${kind} ${name}`, { suggestions })
}
