/** The administrative acts over the remoting protocol: on clusters of mq and of Apache alike. */
import type { Session } from '../client/session.ts'
import type { Admin } from './admin.ts'
import { brokerConfig, listClusters, setBrokerConfig } from './brokers.ts'
import { createTopic, deleteTopic } from './change-topics.ts'
import { messageById, messageByOffset, messagesByKey } from './messages.ts'
import { describeTopic, listTopics, routeRows } from './topics.ts'

export const remotingAdmin = (session: Session): Admin => ({
  topics: () => listTopics(session),
  createTopic: (spec, options) => createTopic(session, spec, options),
  describeTopic: topic => describeTopic(session, topic),
  deleteTopic: (topic, target) => deleteTopic(session, topic, target),
  topicRoute: topic => routeRows(session, topic),
  clusters: () => listClusters(session),
  brokerConfig: broker => brokerConfig(session, broker),
  setBrokerConfig: (broker, entries) => setBrokerConfig(session, broker, entries),
  messagesByKey: search => messagesByKey(session, search),
  messageById: (topic, id) => messageById(session, topic, id),
  messageByOffset: (topic, broker, queueId, offset) => messageByOffset(session, topic, broker, queueId, offset)
})
