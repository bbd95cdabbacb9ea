/** The handlers that serve operators and slaves rather than producers and consumers. */
import type { Route } from '../remoting/router.ts'
import type { BrokerParts } from './broker-parts.ts'
import { cleanExpiredConsumequeueRoute } from './requests/clean/clean-expired-consumequeue.ts'
import { cleanUnusedTopicRoute } from './requests/clean/clean-unused-topic.ts'
import { deleteExpiredCommitlogRoute } from './requests/clean/delete-expired-commitlog.ts'
import { setMessageRequestModeRoute } from './requests/client/set-message-request-mode.ts'
import { getColdDataFlowCtrInfoRoute } from './requests/config/get-cold-data-flow-ctr-info.ts'
import { removeColdDataFlowCtrConfigRoute } from './requests/config/remove-cold-data-flow-ctr-config.ts'
import { setCommitlogReadModeRoute } from './requests/config/set-commitlog-read-mode.ts'
import { updateColdDataFlowCtrConfigRoute } from './requests/config/update-cold-data-flow-ctr-config.ts'
import { updateAndGetGroupForbiddenRoute } from './requests/group/update-and-get-group-forbidden.ts'
import { cloneGroupOffsetRoute } from './requests/offset/clone-group-offset.ts'
import { invokeBrokerToResetOffsetRoute } from './requests/offset/invoke-broker-to-reset-offset.ts'
import { queryCorrectionOffsetRoute } from './requests/offset/query-correction-offset.ts'
import { queryConsumeQueueRoute } from './requests/query/query-consume-queue.ts'
import { consumeMessageDirectlyRoute } from './requests/relay/consume-message-directly.ts'
import { getConsumerRunningInfoRoute } from './requests/relay/get-consumer-running-info.ts'
import { invokeBrokerToGetConsumerStatusRoute } from './requests/relay/invoke-broker-to-get-consumer-status.ts'
import { getAllConsumerOffsetRoute } from './requests/replication/get-all-consumer-offset.ts'
import { getAllDelayOffsetRoute } from './requests/replication/get-all-delay-offset.ts'
import { getAllMessageRequestModeRoute } from './requests/replication/get-all-message-request-mode.ts'
import { getBrokerEpochCacheRoute } from './requests/replication/get-broker-epoch-cache.ts'
import { getBrokerHaStatusRoute } from './requests/replication/get-broker-ha-status.ts'
import { resetMasterFlushOffsetRoute } from './requests/replication/reset-master-flush-offset.ts'
import { getBrokerConsumeStatsRoute } from './requests/stats/get-broker-consume-stats.ts'
import { queryConsumeTimeSpanRoute } from './requests/stats/query-consume-time-span.ts'
import { querySubscriptionByConsumerRoute } from './requests/stats/query-subscription-by-consumer.ts'
import { viewBrokerStatsDataRoute } from './requests/stats/view-broker-stats-data.ts'
import { getSystemTopicListFromBrokerRoute } from './requests/topic/get-system-topic-list-from-broker.ts'

export const operatorRoutes = (parts: BrokerParts): Route[] => [
  cleanExpiredConsumequeueRoute(),
  cleanUnusedTopicRoute(parts),
  deleteExpiredCommitlogRoute(parts),
  setCommitlogReadModeRoute(),
  cloneGroupOffsetRoute(parts),
  invokeBrokerToResetOffsetRoute(parts),
  queryCorrectionOffsetRoute(parts),
  queryConsumeQueueRoute(parts),
  consumeMessageDirectlyRoute(parts),
  getConsumerRunningInfoRoute(parts),
  invokeBrokerToGetConsumerStatusRoute(parts),
  getAllConsumerOffsetRoute(parts),
  getAllDelayOffsetRoute(parts),
  getBrokerEpochCacheRoute(),
  getBrokerHaStatusRoute(parts),
  resetMasterFlushOffsetRoute(),
  getBrokerConsumeStatsRoute(parts),
  queryConsumeTimeSpanRoute(parts),
  querySubscriptionByConsumerRoute(parts),
  getSystemTopicListFromBrokerRoute(parts),
  setMessageRequestModeRoute(parts),
  getColdDataFlowCtrInfoRoute(parts),
  removeColdDataFlowCtrConfigRoute(parts),
  updateColdDataFlowCtrConfigRoute(parts),
  updateAndGetGroupForbiddenRoute(parts),
  getAllMessageRequestModeRoute(parts),
  viewBrokerStatsDataRoute(parts)
]
