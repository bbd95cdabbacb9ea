/** The administrative acts over the remoting protocol: on clusters of mq and of Apache alike. */
import type { Session } from '../client/session.ts'
import type { Admin } from './admin.ts'
import { brokerConfig, listClusters, setBrokerConfig } from './brokers.ts'
import { deleteGroup, putGroup } from './change-groups.ts'
import { createTopic, deleteTopic } from './change-topics.ts'
import { describeGroup, groupLag, listGroups } from './groups.ts'
import { deleteKv, listKv, putKv } from './key-values.ts'
import { groupMember, groupSubscriptions } from './member-detail.ts'
import { groupMembers, listConsumers, listProducers } from './members.ts'
import { consumeDirectly, messageStatus, queueEntries } from './message-status.ts'
import { messageById, messageByOffset } from './messages.ts'
import { messagesByKey } from './messages-by-key.ts'
import { messagesByTime } from './messages-by-time.ts'
import { brokerRuntime, clusterHealth, namesrvConfig, setWritable } from './operations.ts'
import { groupMode, groupOffsets, pauseGroup } from './pause-groups.ts'
import { remotingOperations } from './remoting-operations.ts'
import { cloneOffsets, resetOffset } from './reset-offsets.ts'
import { parkedGroups, replayDeadLetters, resendMessage, sendMessage } from './sending.ts'
import { remotingStreams } from './streams.ts'
import { describeTopic, listTopics, routeRows } from './topics.ts'
import { messageTrace, traces } from './traces.ts'

export const remotingAdmin = (session: Session): Admin => ({
  ...remotingStreams(session),
  ...remotingOperations(session),
  topics: () => listTopics(session),
  createTopic: (spec, options) => createTopic(session, spec, options),
  describeTopic: topic => describeTopic(session, topic),
  deleteTopic: (topic, target) => deleteTopic(session, topic, target),
  topicRoute: topic => routeRows(session, topic),
  clusters: () => listClusters(session),
  brokerConfig: broker => brokerConfig(session, broker),
  setBrokerConfig: (broker, entries, change) => setBrokerConfig(session, broker, entries, change),
  messagesByKey: search => messagesByKey(session, search),
  messageById: (topic, id) => messageById(session, topic, id),
  messageByOffset: (topic, broker, queueId, offset) => messageByOffset(session, topic, broker, queueId, offset),
  messagesByTime: search => messagesByTime(session, search),
  sendMessage: message => sendMessage(session, message),
  resendMessage: wish => resendMessage(session, wish),
  messageStatus: (topic, id) => messageStatus(session, topic, id),
  consumeDirectly: wish => consumeDirectly(session, wish),
  queueEntries: wish => queueEntries(session, wish),
  messageTrace: wish => messageTrace(session, wish),
  traces: wish => traces(session, wish),
  groups: wish => listGroups(session, wish),
  groupMember: wish => groupMember(session, wish),
  groupSubscriptions: group => groupSubscriptions(session, group),
  pauseGroup: wish => pauseGroup(session, wish),
  groupMode: wish => groupMode(session, wish),
  groupOffsets: (group, topic) => groupOffsets(session, group, topic),
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
  putKv: (namespace, entry, dryRun) => putKv(session, namespace, entry, dryRun),
  deleteKv: (namespace, key, dryRun) => deleteKv(session, namespace, key, dryRun)
})
