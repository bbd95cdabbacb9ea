/**
 * Every way of using a row of the table, on the seeded cluster: with these lines of mqadmin `mq mqadmin` is run on mq
 * here, and on Apache's brokers by the interop tests.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Seed } from '../../e2e/seeded-cluster.ts'

export interface ShimCase {
  /** A name of mqadmin, and what else tells the case apart. */
  readonly name: string
  readonly args: (seed: Seed) => readonly string[]
  /** What the documents must hold. */
  readonly shows: (seed: Seed) => string | RegExp
  /** Exit code of an answer that is right though it is not 0, on mq and on Apache. */
  readonly exit?: { readonly mq: number; readonly apache: number }
}

const one = (name: string, args: ShimCase['args'], shows: ShimCase['shows'], exit?: ShimCase['exit']): ShimCase => ({
  name,
  args,
  shows,
  ...(exit === undefined ? {} : { exit })
})

const file = (seed: Seed, content: unknown): string => {
  const path = join(seed.dir, 'mqadmin.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

const made = 'Shim_Topic'
const madeGroup = 'Shim_Group'
const inCluster = (seed: Seed): string[] => ['-c', seed.cluster]
const atBroker = (seed: Seed): string[] => ['-b', seed.brokerAddress]

const topics: readonly ShimCase[] = [
  one(
    'updateTopic',
    seed => [...inCluster(seed), '-t', made, '-r', '2', '-w', '2'],
    () => /"outcome": "created"/
  ),
  one(
    'updateTopicList',
    seed => [
      ...inCluster(seed),
      '-f',
      file(seed, [{ topicName: 'Shim_A', readQueueNums: 1 }, { topicName: 'Shim_B' }])
    ],
    () => /Shim_A[\s\S]*Shim_B/
  ),
  one(
    'updateTopicPerm',
    seed => [...inCluster(seed), '-t', 'Shim_A', '-p', '4'],
    () => 'Shim_A'
  ),
  one(
    'topicRoute',
    seed => ['-t', seed.topic],
    seed => seed.brokerName
  ),
  one(
    'topicStatus',
    seed => ['-t', seed.topic],
    () => /"maxOffset": \d+/
  ),
  one(
    'topicClusterList',
    seed => ['-t', seed.topic],
    seed => seed.cluster
  ),
  one(
    'topicList',
    () => [],
    seed => seed.topic
  ),
  one(
    'allocateMQ',
    seed => ['-t', seed.topic, '-i', '10.0.0.1,10.0.0.2'],
    () => '10.0.0.2'
  ),
  one(
    'updateOrderConf put',
    seed => ['-t', made, '-m', 'put', '-v', `${seed.brokerName}:2`],
    () => made
  ),
  one(
    'updateOrderConf get',
    () => ['-t', made, '-m', 'get'],
    seed => seed.brokerName
  ),
  one(
    'updateOrderConf delete',
    () => ['-t', made, '-m', 'delete'],
    () => made
  ),
  one(
    'statsAll',
    seed => ['-t', seed.topic],
    seed => seed.topic
  ),
  one(
    'statsAll of active topics',
    () => ['-a'],
    seed => seed.topic
  )
]

const groups: readonly ShimCase[] = [
  one(
    'updateSubGroup',
    seed => [...inCluster(seed), '-g', madeGroup, '-s', 'true', '-d', 'false', '-q', '1', '-r', '3', '-a', 'true'],
    () => /"outcome": "created"/
  ),
  one(
    'updateSubGroupList',
    seed => [...inCluster(seed), '-f', file(seed, [{ groupName: 'Shim_G', retryMaxTimes: 2, consumeEnable: true }])],
    () => 'Shim_G'
  ),
  one(
    'setConsumeMode',
    seed => [...inCluster(seed), '-t', seed.topic, '-g', madeGroup, '-m', 'PULL'],
    () => madeGroup
  ),
  one(
    'consumerProgress',
    () => [],
    seed => seed.offlineGroup
  ),
  one(
    'consumerProgress of a group',
    seed => ['-g', seed.offlineGroup, '-t', seed.topic],
    () => /"lag": [1-9]/
  ),
  one(
    'consumerConnection',
    seed => ['-g', seed.group],
    seed => seed.clientId
  ),
  one(
    'consumerStatus',
    seed => ['-g', seed.group],
    seed => seed.group
  ),
  one(
    'consumerStatus of a client',
    seed => ['-g', seed.group, '-i', seed.clientId],
    seed => seed.clientId
  ),
  one(
    'getConsumerConfig',
    () => ['-g', madeGroup],
    () => /"retryMaxTimes": 3/
  ),
  one(
    'cloneGroupOffset',
    seed => ['-s', seed.offlineGroup, '-d', madeGroup, '-t', seed.topic, '-o', 'true'],
    seed => seed.topic
  ),
  one(
    'resetOffsetByTime',
    seed => ['-g', madeGroup, '-t', seed.topic, '-s', '0'],
    seed => seed.topic
  ),
  one(
    'resetOffsetByTime to an offset',
    seed => ['-g', madeGroup, '-t', seed.topic, '-s', '0', ...atBroker(seed), '-q', '1', '-o', '2'],
    () => /"queueId": 1/
  ),
  one(
    'skipAccumulatedMessage',
    seed => ['-g', madeGroup, '-t', seed.topic],
    seed => seed.topic
  ),
  one(
    'startMonitoring',
    () => [],
    seed => seed.offlineGroup
  ),
  one(
    'producer',
    seed => atBroker(seed),
    seed => seed.producerGroup
  ),
  one(
    'producerConnection',
    seed => ['-g', seed.producerGroup, '-t', seed.topic],
    () => /"address": "127/
  ),
  one(
    'queryCq',
    seed => [...atBroker(seed), '-t', seed.topic, '-q', '0', '-i', '0', '-c', '2'],
    () => /"physicalOffset": \d/
  )
]

const messages: readonly ShimCase[] = [
  one(
    'queryMsgById',
    seed => ['-t', seed.topic, '-i', seed.offsetMessageId],
    seed => seed.offsetMessageId
  ),
  one(
    'queryMsgById to send it again',
    seed => ['-t', seed.topic, '-i', seed.offsetMessageId, '-s', 'true'],
    () => /"messageId": "/
  ),
  one(
    'queryMsgById to give it to a client',
    seed => ['-t', seed.topic, '-i', seed.offsetMessageId, '-g', seed.group, '-d', seed.clientId],
    () => /SUCCESS/
  ),
  one(
    'queryMsgByKey',
    seed => ['-t', seed.topic, '-k', seed.key, '-b', '0', '-m', '3'],
    seed => seed.key
  ),
  one(
    'queryMsgByUniqueKey',
    seed => ['-t', seed.topic, '-i', seed.messageId],
    seed => seed.messageId
  ),
  one(
    'queryMsgByUniqueKey to give it to a client',
    seed => ['-t', seed.topic, '-i', seed.messageId, '-g', seed.group, '-d', seed.clientId],
    () => /SUCCESS/
  ),
  one(
    'queryMsgByOffset',
    seed => {
      const [broker, queue, offset] = seed.place.split('/')
      return ['-t', seed.topic, '-b', broker!, '-i', queue!, '-o', offset!]
    },
    seed => seed.messageId
  ),
  one(
    'queryMsgTraceById',
    seed => ['-i', seed.messageId],
    () => /./,
    { mq: 4, apache: 4 }
  ),
  one(
    'printMsg',
    seed => ['-t', seed.topic, '-s', 'paid', '-b', '0'],
    () => /order 0/
  ),
  one(
    'printMsgByQueue',
    seed => ['-t', seed.topic, '-a', seed.brokerName, '-i', '1', '-p', 'true', '-d', 'true'],
    () => /order 1/
  ),
  one(
    'consumeMessage',
    seed => ['-t', seed.topic, '-b', seed.brokerName, '-i', '0', '-o', '1', '-c', '2'],
    () => /"queueOffset":1/
  ),
  one(
    'sendMessage',
    seed => ['-t', made, '-p', 'by hand', '-k', 'hand', '-c', 'Hand', '-b', seed.brokerName, '-i', '1'],
    () => /"queueId":\s?1/
  ),
  one(
    'sendMsgStatus',
    seed => ['-b', seed.brokerName, '-c', '3', '-s', '64'],
    seed => seed.brokerName
  ),
  one(
    'checkMsgSendRT',
    () => ['-t', made, '-a', '20', '-s', '64'],
    () => /\d/
  ),
  one(
    'clusterRT',
    seed => [...inCluster(seed), '-a', '3', '-s', '64'],
    seed => seed.brokerName
  )
]

const brokers: readonly ShimCase[] = [
  one(
    'clusterList',
    seed => [...inCluster(seed), '-m'],
    seed => seed.brokerName
  ),
  one('brokerStatus', atBroker, () => /\d/),
  one('brokerStatus of a cluster', inCluster, seed => seed.brokerName),
  one('brokerConsumeStats', atBroker, seed => seed.offlineGroup),
  one('getBrokerConfig', inCluster, () => 'fileReservedTime'),
  one(
    'updateBrokerConfig',
    seed => [...atBroker(seed), '-k', 'fileReservedTime', '-v', '71'],
    () => '71'
  ),
  one(
    'updateBrokerConfig of a cluster',
    seed => [...inCluster(seed), '-k', 'fileReservedTime', '-v', '72'],
    () => '72'
  ),
  one('cleanExpiredCQ', atBroker, seed => seed.brokerName),
  one('cleanUnusedTopic', inCluster, seed => seed.brokerName),
  one('deleteExpiredCommitLog', atBroker, seed => seed.brokerName),
  one(
    'resetMasterFlushOffset',
    seed => [...atBroker(seed), '-o', '0'],
    seed => seed.brokerName
  ),
  one('haStatus', atBroker, seed => seed.brokerName),
  one(
    'getBrokerEpoch',
    seed => ['-b', seed.brokerName],
    () => /./,
    { mq: 10, apache: 10 }
  ),
  one(
    'updateColdDataFlowCtrGroupConfig',
    seed => [...atBroker(seed), '-g', madeGroup, '-v', '1048576'],
    seed => seed.brokerName
  ),
  one('getColdDataFlowCtrInfo', atBroker, seed => seed.brokerName),
  one(
    'removeColdDataFlowCtrGroupConfig',
    seed => [...atBroker(seed), '-g', madeGroup],
    seed => seed.brokerName
  ),
  one(
    'setCommitLogReadAheadMode',
    seed => [...atBroker(seed), '-m', '0'],
    () => /./,
    { mq: 10, apache: 0 }
  ),
  one(
    'wipeWritePerm',
    seed => ['-b', seed.brokerName],
    seed => seed.brokerName
  ),
  one(
    'addWritePerm',
    seed => ['-b', seed.brokerName],
    seed => seed.brokerName
  ),
  one(
    'getNamesrvConfig',
    () => [],
    () => 'listenPort'
  ),
  one(
    'updateNamesrvConfig',
    () => ['-k', 'enableTopicList', '-v', 'true'],
    () => 'enableTopicList'
  ),
  one(
    'updateKvConfig',
    () => ['-s', 'Shim', '-k', 'key', '-v', 'value'],
    () => 'value'
  ),
  one(
    'deleteKvConfig',
    () => ['-s', 'Shim', '-k', 'key'],
    () => 'key'
  ),
  one('exportConfigs', inCluster, () => 'fileReservedTime'),
  one('exportMetrics', inCluster, seed => seed.brokerName),
  one(
    'exportMetadata of topics',
    seed => [...inCluster(seed), '-t'],
    seed => seed.topic
  ),
  one(
    'exportMetadata of groups',
    seed => [...inCluster(seed), '-g'],
    seed => seed.group
  ),
  one(
    'deleteSubGroup',
    seed => [...inCluster(seed), '-g', madeGroup],
    seed => seed.brokerName
  ),
  one(
    'deleteTopic',
    seed => [...inCluster(seed), '-t', made],
    () => made
  )
]

export const shimCases: readonly ShimCase[] = [topics, groups, messages, brokers].flat()
