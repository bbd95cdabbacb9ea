/** The request codes that a NameServer answers. */
import type { Route } from '../remoting/router.ts'
import type { NamesrvParts } from './parts.ts'
import { addWritePermOfBrokerRoute } from './requests/add-write-perm-of-broker.ts'
import { brokerHeartbeatRoute } from './requests/broker-heartbeat.ts'
import { deleteKvConfigRoute } from './requests/delete-kv-config.ts'
import { deleteTopicInNamesrvRoute } from './requests/delete-topic-in-namesrv.ts'
import { getAllTopicListFromNameserverRoute } from './requests/get-all-topic-list-from-nameserver.ts'
import { getBrokerClusterInfoRoute } from './requests/get-broker-cluster-info.ts'
import { getBrokerMemberGroupRoute } from './requests/get-broker-member-group.ts'
import { getHasUnitSubTopicListRoute } from './requests/get-has-unit-sub-topic-list.ts'
import { getHasUnitSubUnunitTopicListRoute } from './requests/get-has-unit-sub-ununit-topic-list.ts'
import { getKvConfigRoute } from './requests/get-kv-config.ts'
import { getKvlistByNamespaceRoute } from './requests/get-kvlist-by-namespace.ts'
import { getNamesrvConfigRoute } from './requests/get-namesrv-config.ts'
import { getRouteInfoByTopicRoute } from './requests/get-route-info-by-topic.ts'
import { getSystemTopicListFromNsRoute } from './requests/get-system-topic-list-from-ns.ts'
import { getTopicsByClusterRoute } from './requests/get-topics-by-cluster.ts'
import { getUnitTopicListRoute } from './requests/get-unit-topic-list.ts'
import { putKvConfigRoute } from './requests/put-kv-config.ts'
import { queryDataVersionRoute } from './requests/query-data-version.ts'
import { registerBrokerRoute } from './requests/register-broker.ts'
import { registerTopicInNamesrvRoute } from './requests/register-topic-in-namesrv.ts'
import { unregisterBrokerRoute } from './requests/unregister-broker.ts'
import { updateNamesrvConfigRoute } from './requests/update-namesrv-config.ts'
import { wipeWritePermOfBrokerRoute } from './requests/wipe-write-perm-of-broker.ts'

export const namesrvRoutes = (parts: NamesrvParts): Route[] => [
  addWritePermOfBrokerRoute(parts),
  brokerHeartbeatRoute(parts),
  deleteKvConfigRoute(parts),
  deleteTopicInNamesrvRoute(parts),
  getAllTopicListFromNameserverRoute(parts),
  getBrokerClusterInfoRoute(parts),
  getBrokerMemberGroupRoute(parts),
  getHasUnitSubTopicListRoute(parts),
  getHasUnitSubUnunitTopicListRoute(parts),
  getKvConfigRoute(parts),
  getKvlistByNamespaceRoute(parts),
  getNamesrvConfigRoute(parts),
  getRouteInfoByTopicRoute(parts),
  getSystemTopicListFromNsRoute(parts),
  getTopicsByClusterRoute(parts),
  getUnitTopicListRoute(parts),
  putKvConfigRoute(parts),
  queryDataVersionRoute(parts),
  registerBrokerRoute(parts),
  registerTopicInNamesrvRoute(parts),
  unregisterBrokerRoute(parts),
  updateNamesrvConfigRoute(parts),
  wipeWritePermOfBrokerRoute(parts)
]
