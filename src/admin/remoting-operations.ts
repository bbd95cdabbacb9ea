/** The acts on topics, brokers, clusters and NameServers that operators use, over the remoting protocol. */
import type { Session } from '../client/session.ts'
import { brokerEpochs, cleanBrokers, coldFlow, resetFlushOffset, setColdFlow, setReadAhead } from './broker-acts.ts'
import type { BrokerActs, ClusterActs } from './broker-rows.ts'
import { brokerConsumeStats, brokerHa, brokerStats, describeBroker } from './broker-stats.ts'
import { describeCluster, latency } from './clusters.ts'
import { everyGroupConfig, type GroupConfigActs } from './group-config-rows.ts'
import { nameServers, setNamesrvConfig } from './name-servers.ts'
import type { TopicActs } from './topic-rows.ts'
import { topicGroups, topicOffsets, topicStats } from './topic-stats.ts'
import { topicConfigs } from './topics.ts'
import { changeTopic } from './update-topics.ts'

export interface Operations extends TopicActs, BrokerActs, ClusterActs, GroupConfigActs {}

export const remotingOperations = (session: Session): Operations => ({
  topicConfigs: () => topicConfigs(session),
  changeTopic: (change, options) => changeTopic(session, change, options),
  topicOffsets: (topic, atMs) => topicOffsets(session, topic, atMs),
  topicGroups: topic => topicGroups(session, topic),
  topicStats: topics => topicStats(session, topics),
  groupConfigs: () => everyGroupConfig(session),
  brokerStats: target => brokerStats(session, target),
  describeBroker: broker => describeBroker(session, broker),
  brokerHa: target => brokerHa(session, target),
  brokerEpochs: broker => brokerEpochs(session, broker),
  brokerConsumeStats: broker => brokerConsumeStats(session, broker),
  cleanBrokers: (kind, options) => cleanBrokers(session, kind, options),
  resetFlushOffset: (broker, offset, dryRun) => resetFlushOffset(session, broker, offset, dryRun),
  coldFlow: target => coldFlow(session, target),
  setColdFlow: (group, threshold, options) => setColdFlow(session, group, threshold, options),
  setReadAhead: (mode, options) => setReadAhead(session, mode, options),
  describeCluster: cluster => describeCluster(session, cluster),
  latency: wish => latency(session, wish),
  nameServers: () => nameServers(session),
  setNamesrvConfig: (entries, dryRun) => setNamesrvConfig(session, entries, dryRun)
})
