/** Routes as they are answered: the queues of a topic, and broker addresses that fit the one who asks. */
import type { ClusterInfo } from '../protocol/bodies/cluster-info.ts'
import type { BrokerData, TopicRouteData } from '../protocol/bodies/topic-route.ts'
import { mayWrite } from '../protocol/permissions.ts'
import { addressFor, type Situation } from '../remoting/advertise.ts'
import type { RouteTable } from './route-table.ts'

type Asker = Situation['asker']

/** Where clients of the acting-master mode look for the master. */
const masterId = 0
/** Its members keep their real ids, so that slaves find each other. */
const memberGroupPrefix = 'rmq_sys_SYNC_BROKER_MEMBER_'

const fitted = (routes: RouteTable, broker: BrokerData, asker: Asker): BrokerData => {
  const addrs = new Map<number, string>()
  for (const [id, registered] of broker.brokerAddrs) {
    const live = routes.live(broker.cluster ?? '', registered)
    const address =
      live === undefined ? registered : addressFor(registered, live.advertised, { asker, registrant: live.registrant })
    addrs.set(id, address)
  }
  return { ...broker, brokerAddrs: addrs }
}

/** The slave with the lowest id, shown as the master, where the master is gone and the slave may stand in for it. */
const withActingMaster = (broker: BrokerData, perm: number | undefined): BrokerData => {
  const { brokerAddrs, enableActingMaster } = broker
  if (brokerAddrs.size === 0 || brokerAddrs.has(masterId) || !enableActingMaster) return broker
  if (perm === undefined || mayWrite(perm)) return broker
  const addrs = new Map(brokerAddrs)
  const lowest = Math.min(...addrs.keys())
  addrs.set(masterId, addrs.get(lowest)!)
  addrs.delete(lowest)
  return { ...broker, brokerAddrs: addrs }
}

/** Undefined: no live broker has the topic. */
export const topicRoute = (
  routes: RouteTable,
  topic: string,
  asker: Asker,
  options: { readonly actingMaster: boolean }
): TopicRouteData | undefined => {
  const queues = routes.topics.queuesOf(topic)
  const acting = options.actingMaster && !topic.startsWith(memberGroupPrefix)
  const brokerDatas: BrokerData[] = []
  const filterServerTable = new Map<string, readonly string[]>()
  for (const brokerName of queues.keys()) {
    const broker = routes.broker(brokerName)
    if (broker === undefined) continue
    for (const registered of broker.brokerAddrs.values()) {
      const servers = routes.live(broker.cluster ?? '', registered)?.filterServers ?? []
      if (servers.length > 0) filterServerTable.set(registered, servers)
    }
    const known = fitted(routes, broker, asker)
    brokerDatas.push(acting ? withActingMaster(known, queues.get(brokerName)?.perm) : known)
  }
  if (brokerDatas.length === 0) return undefined
  const mappings = routes.topics.mappingsOf(topic)
  return {
    queueDatas: [...queues.values()],
    brokerDatas,
    filterServerTable,
    ...(mappings === undefined ? {} : { topicQueueMappingByBroker: mappings })
  }
}

export const clusterInfo = (routes: RouteTable, asker: Asker): ClusterInfo => ({
  brokerAddrTable: new Map(Array.from(routes.brokers, broker => [broker.brokerName, fitted(routes, broker, asker)])),
  clusterAddrTable: new Map(Array.from(routes.clusters, ([cluster, names]) => [cluster, [...names]]))
})
