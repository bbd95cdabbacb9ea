/** The administrative acts over the remoting protocol: on clusters of mq and of Apache alike. */
import type { Session } from '../client/session.ts'
import type { Admin } from './admin.ts'
import { brokerConfig, listClusters, setBrokerConfig } from './brokers.ts'
import { deleteGroup, putGroup } from './change-groups.ts'
import { createTopic, deleteTopic } from './change-topics.ts'
import { describeGroup, groupLag, listGroups } from './groups.ts'
import { groupMembers, listConsumers, listProducers } from './members.ts'
import { messageById, messageByOffset, messagesByKey } from './messages.ts'
import { messagesByTime } from './messages-by-time.ts'
import { brokerRuntime, clusterHealth, deleteKv, listKv, namesrvConfig, putKv, setWritable } from './operations.ts'
import { cloneOffsets, resetOffset } from './reset-offsets.ts'
import { parkedGroups, replayDeadLetters, resendMessage, sendMessage } from './sending.ts'
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
  messageByOffset: (topic, broker, queueId, offset) => messageByOffset(session, topic, broker, queueId, offset),
  messagesByTime: search => messagesByTime(session, search),
  sendMessage: message => sendMessage(session, message),
  resendMessage: wish => resendMessage(session, wish),
  groups: () => listGroups(session),
  describeGroup: group => describeGroup(session, group),
  groupLag: (group, topic) => groupLag(session, group, topic),
  groupMembers: group => groupMembers(session, group),
  putGroup: (spec, options) => putGroup(session, spec, options),
  deleteGroup: (group, options) => deleteGroup(session, group, options),
  resetOffset: wish => resetOffset(session, wish),
  cloneOffsets: wish => cloneOffsets(session, wish),
  consumers: group => listConsumers(session, group),
  producers: group => listProducers(session, group),
  parkedGroups: kind => parkedGroups(session, kind),
  replayDeadLetters: wish => replayDeadLetters(session, wish),
  clusterHealth: cluster => clusterHealth(session, cluster),
  brokerRuntime: broker => brokerRuntime(session, broker),
  setWritable: (broker, writable, dryRun = false) => setWritable(session, broker, writable, dryRun),
  namesrvConfig: () => namesrvConfig(session),
  kv: namespace => listKv(session, namespace),
  putKv: (namespace, entry) => putKv(session, namespace, entry),
  deleteKv: (namespace, key) => deleteKv(session, namespace, key)
})
