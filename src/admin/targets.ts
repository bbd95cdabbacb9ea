/** Which brokers an act is for: those that were named, or all masters of the only cluster. */
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { BrokerData, TopicRouteData } from '../protocol/bodies/topic-route.ts'
import type { Target } from './admin.ts'

export interface Master {
  readonly brokerName: string
  readonly cluster: string
  readonly address: string
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
  const found = names.map(name => {
    const broker = brokerAddrTable.get(name)
    if (broker === undefined) throw unknown('broker', name, brokerAddrTable.keys())
    return master(broker)
  })
  return found.sort((left, right) => (left.brokerName < right.brokerName ? -1 : 1))
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
