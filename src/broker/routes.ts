/** The handlers of a broker, all but those of sends and pulls. */
import type { Route } from '../remoting/router.ts'
import type { BrokerParts } from './broker-parts.ts'
import { operatorRoutes } from './operator-routes.ts'
import { checkClientConfigRoute } from './requests/client/check-client-config.ts'
import { getConsumerListByGroupRoute } from './requests/client/get-consumer-list-by-group.ts'
import { heartBeatRoute } from './requests/client/heart-beat.ts'
import { lockBatchMqRoute } from './requests/client/lock-batch-mq.ts'
import { unlockBatchMqRoute } from './requests/client/unlock-batch-mq.ts'
import { unregisterClientRoute } from './requests/client/unregister-client.ts'
import { getBrokerConfigRoute } from './requests/config/get-broker-config.ts'
import { updateBrokerConfigRoute } from './requests/config/update-broker-config.ts'
import { deleteSubscriptiongroupRoute } from './requests/group/delete-subscriptiongroup.ts'
import { getAllSubscriptiongroupConfigRoute } from './requests/group/get-all-subscriptiongroup-config.ts'
import { getSubscriptiongroupConfigRoute } from './requests/group/get-subscriptiongroup-config.ts'
import { updateAndCreateSubscriptiongroupRoute } from './requests/group/update-and-create-subscriptiongroup.ts'
import { updateAndCreateSubscriptiongroupListRoute } from './requests/group/update-and-create-subscriptiongroup-list.ts'
import { getEarliestMsgStoretimeRoute } from './requests/offset/get-earliest-msg-storetime.ts'
import { getMaxOffsetRoute } from './requests/offset/get-max-offset.ts'
import { getMinOffsetRoute } from './requests/offset/get-min-offset.ts'
import { queryConsumerOffsetRoute } from './requests/offset/query-consumer-offset.ts'
import { searchOffsetByTimestampRoute } from './requests/offset/search-offset-by-timestamp.ts'
import { updateConsumerOffsetRoute } from './requests/offset/update-consumer-offset.ts'
import { queryMessageRoute } from './requests/query/query-message.ts'
import { viewMessageByIdRoute } from './requests/query/view-message-by-id.ts'
import { getAllProducerInfoRoute } from './requests/stats/get-all-producer-info.ts'
import { getBrokerRuntimeInfoRoute } from './requests/stats/get-broker-runtime-info.ts'
import { getConsumeStatsRoute } from './requests/stats/get-consume-stats.ts'
import { getConsumerConnectionListRoute } from './requests/stats/get-consumer-connection-list.ts'
import { getProducerConnectionListRoute } from './requests/stats/get-producer-connection-list.ts'
import { getTopicStatsInfoRoute } from './requests/stats/get-topic-stats-info.ts'
import { queryTopicConsumeByWhoRoute } from './requests/stats/query-topic-consume-by-who.ts'
import { queryTopicsByConsumerRoute } from './requests/stats/query-topics-by-consumer.ts'
import { deleteTopicInBrokerRoute } from './requests/topic/delete-topic-in-broker.ts'
import { getAllTopicConfigRoute } from './requests/topic/get-all-topic-config.ts'
import { getTopicConfigRoute } from './requests/topic/get-topic-config.ts'
import { updateAndCreateTopicRoute } from './requests/topic/update-and-create-topic.ts'
import { updateAndCreateTopicListRoute } from './requests/topic/update-and-create-topic-list.ts'

export const adminRoutes = (parts: BrokerParts): Route[] => [
  checkClientConfigRoute(),
  getConsumerListByGroupRoute(parts),
  heartBeatRoute(parts),
  lockBatchMqRoute(parts),
  unlockBatchMqRoute(parts),
  unregisterClientRoute(parts),
  getBrokerConfigRoute(parts),
  updateBrokerConfigRoute(parts),
  deleteSubscriptiongroupRoute(parts),
  getAllSubscriptiongroupConfigRoute(parts),
  getSubscriptiongroupConfigRoute(parts),
  updateAndCreateSubscriptiongroupRoute(parts),
  updateAndCreateSubscriptiongroupListRoute(parts),
  getEarliestMsgStoretimeRoute(parts),
  getMaxOffsetRoute(parts),
  getMinOffsetRoute(parts),
  queryConsumerOffsetRoute(parts),
  searchOffsetByTimestampRoute(parts),
  updateConsumerOffsetRoute(parts),
  queryMessageRoute(parts),
  viewMessageByIdRoute(parts),
  getAllProducerInfoRoute(parts),
  getBrokerRuntimeInfoRoute(parts),
  getConsumeStatsRoute(parts),
  getConsumerConnectionListRoute(parts),
  getProducerConnectionListRoute(parts),
  getTopicStatsInfoRoute(parts),
  queryTopicConsumeByWhoRoute(parts),
  queryTopicsByConsumerRoute(parts),
  deleteTopicInBrokerRoute(parts),
  getAllTopicConfigRoute(parts),
  getTopicConfigRoute(parts),
  updateAndCreateTopicRoute(parts),
  updateAndCreateTopicListRoute(parts),
  ...operatorRoutes(parts)
]
