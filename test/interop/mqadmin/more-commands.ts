/** The commands of mqadmin that are run once each, after those of commands.ts: with them all 96 are. */
import { join } from 'node:path'
import type { AdminCase, Seed } from './commands.ts'

const topic = 'A_Seed'
const away = 'A_Away'
const cluster = ['-c', 'DefaultCluster']

const fixed = (name: string, ...args: string[]): AdminCase => ({ name, args: () => args })
const atBroker = (name: string, ...args: string[]): AdminCase => ({ name, args: seed => ['-b', seed.broker, ...args] })

/** A file below the run's directory, written before the command runs. */
const fromFile = (name: string, content: unknown, ...args: string[]): AdminCase => ({
  name,
  args: seed => [...args, '-f', join(seed.dir, 'in.json')],
  file: JSON.stringify(content)
})

/** What the command writes is compared with what it prints. */
const toFile = (name: string, file: string, ...args: string[]): AdminCase => ({
  name,
  args: seed => [...args, '-f', join(seed.dir, 'out')],
  written: seed => join(seed.dir, 'out', file)
})

const refused = (one: AdminCase, complaint: string, why: string): AdminCase => ({ ...one, onMq: { complaint, why } })

const controller = 'mq has no controller'
const rocks = 'mq has no RocksDB'
const lite = 'mq has no lite topics yet'
const access = 'mq has no access control yet, and does not pretend that a user was made'

const topics: readonly AdminCase[] = [
  fromFile(
    'updateTopicList',
    [
      { topicName: 'A_List1', readQueueNums: 2, writeQueueNums: 2, perm: 6, topicFilterType: 'SINGLE_TAG' },
      { topicName: 'A_List2', readQueueNums: 3, writeQueueNums: 3, perm: 4, topicFilterType: 'SINGLE_TAG' }
    ],
    ...cluster
  ),
  fixed('topicRoute after updateTopicList', '-t', 'A_List2'),
  fixed('updateTopicPerm', ...cluster, '-t', 'A_List2', '-p', '6'),
  fixed('topicRoute after updateTopicPerm', '-t', 'A_List2'),
  fixed('topicClusterList', '-t', topic),
  fixed('allocateMQ', '-t', topic, '-i', '10.0.0.1,10.0.0.2'),
  fixed('updateOrderConf put', '-t', topic, '-m', 'put', '-v', 'broker-a:4'),
  fixed('updateOrderConf get', '-t', topic, '-m', 'get'),
  fixed('updateOrderConf delete', '-t', topic, '-m', 'delete'),
  fixed('statsAll', '-t', topic),
  fixed('statsAll of active topics', '-a')
]

const groups: readonly AdminCase[] = [
  fromFile(
    'updateSubGroupList',
    [
      { groupName: 'A_ListG1', retryMaxTimes: 3 },
      { groupName: 'A_ListG2', consumeEnable: false }
    ],
    ...cluster
  ),
  fixed('getConsumerConfig', '-g', 'A_ListG1'),
  fixed('getConsumerConfig of a group that may not consume', '-g', 'A_ListG2'),
  fixed('getConsumerConfig of no group', '-g', 'NoGroup'),
  fixed('consumerStatus', '-g', 'A_SeedGroup'),
  atBroker('producer'),
  fixed('producerConnection', '-g', 'A_SeedProducer', '-t', topic),
  fixed('producerConnection of no group', '-g', 'NoGroup', '-t', topic),
  { ...fixed('startMonitoring'), ms: 5000 }
]

const messages: readonly AdminCase[] = [
  { name: 'queryMsgTraceById of no trace', args: seed => ['-i', seed.ids[0]!] },
  fixed('printMsg', '-t', topic, '-d', 'true'),
  fixed('printMsg by tag', '-t', topic, '-s', 'Hand', '-d', 'true'),
  fixed('printMsgByQueue', '-t', topic, '-a', 'broker-a', '-i', '0', '-p', 'true', '-d', 'true'),
  fixed('printMsgByQueue counting tags', '-t', topic, '-a', 'broker-a', '-i', '0', '-f', 'true'),
  fixed('sendMsgStatus', '-b', 'broker-a', '-c', '3'),
  fixed('checkMsgSendRT', '-t', topic, '-a', '3', '-s', '64'),
  { ...fixed('clusterRT', '-a', '2', '-i', '1', ...cluster), ms: 4000 }
]

const namesrv: readonly AdminCase[] = [
  fixed('updateKvConfig', '-s', 'A_Space', '-k', 'key', '-v', 'value'),
  fixed('deleteKvConfig', '-s', 'A_Space', '-k', 'key'),
  fixed('wipeWritePerm', '-b', 'broker-a'),
  fixed('topicRoute after wipeWritePerm', '-t', topic),
  fixed('addWritePerm', '-b', 'broker-a'),
  fixed('topicRoute after addWritePerm', '-t', topic),
  fixed('getNamesrvConfig'),
  fixed('updateNamesrvConfig', '-k', 'deleteTopicWithBrokerRegistration', '-v', 'false'),
  toFile('exportMetadata of topics', 'topic.json', ...cluster, '-t'),
  toFile('exportMetadata of groups', 'subscriptionGroup.json', ...cluster, '-g'),
  toFile('exportMetadata', 'metadata.json', ...cluster),
  toFile('exportConfigs', 'configs.json', ...cluster),
  toFile('exportMetrics', 'metrics.json', ...cluster),
  // After the exports, in which the group would be on Apache and not on mq.
  atBroker('deleteSubGroup', '-g', 'A_ListG2'),
  refused(
    fixed('getConsumerConfig after deleteSubGroup', '-g', 'A_ListG2'),
    '',
    'a broker that may create groups has it back at once on Apache, with default settings; on mq it is gone'
  )
]

const withController = (name: string, ...args: string[]): AdminCase =>
  refused({ name, args: seed => ['-a', seed.broker, ...args] }, 'CODE: 3', controller)

const notApplicable: readonly AdminCase[] = [
  withController('getControllerMetaData'),
  withController('getControllerConfig'),
  withController('updateControllerConfig', '-k', 'a', '-v', 'b'),
  withController('electMaster', '-b', '1', '-bn', 'broker-a', ...cluster),
  withController('cleanBrokerMetadata', '-b', '1', '-bn', 'broker-a', ...cluster),
  withController('getSyncStateSet', ...cluster),
  refused(
    { name: 'addBroker', args: seed => ['-c', seed.broker, '-b', '/none/broker.conf'] },
    'CODE: 3',
    'mq has no container of brokers'
  ),
  refused(
    { name: 'removeBroker', args: seed => ['-c', seed.broker, '-b', 'DefaultCluster:broker-a:0'] },
    'CODE: 3',
    'mq has no container of brokers'
  ),
  { name: 'exportMetadataInRocksDB', args: seed => ['-p', join(seed.dir, 'none'), '-t', 'topics'] },
  fixed('dumpCompactionLog', '-f', '/none'),
  refused(fixed('rocksDBConfigToJson', ...cluster, '-t', 'topics'), 'CODE: 3', rocks),
  refused(
    { name: 'checkRocksdbCqWriteProgress', args: seed => [...cluster, '-n', seed.namesrv, '-t', topic] },
    'CODE: 3',
    rocks
  ),
  refused(atBroker('switchTimerEngine', '-e', 'R'), 'CODE: 3', rocks),
  refused(atBroker('exportPopRecord', '-d', 'true'), 'CODE: 3', 'mq has no pop yet'),
  refused(atBroker('getBrokerLiteInfo'), 'CODE: 3', lite),
  fixed('getParentTopicInfo', '-p', topic),
  fixed('getLiteTopicInfo', '-p', topic, '-l', 'x'),
  fixed('getLiteClientInfo', '-p', topic, '-g', away, '-c', 'nobody'),
  fixed('getLiteGroupInfo', '-p', topic, '-g', away),
  fixed('triggerLiteDispatch', '-p', topic, '-g', away),
  refused(atBroker('createUser', '-u', 'u', '-p', 'secret12'), 'CODE: 3', access),
  refused(atBroker('updateUser', '-u', 'u', '-p', 'secret34'), 'CODE: 3', access),
  refused(atBroker('getUser', '-u', 'u'), 'CODE: 3', access),
  refused(atBroker('listUser'), 'CODE: 3', access),
  refused({ name: 'copyUser', args: ({ broker }: Seed) => ['-f', broker, '-t', broker, '-u', 'u'] }, 'CODE: 3', access),
  refused(atBroker('deleteUser', '-u', 'u'), 'CODE: 3', access),
  refused(atBroker('createAcl', '-s', 'User:u', '-r', 'Topic:t', '-a', 'Pub', '-d', 'Allow'), 'CODE: 3', access),
  refused(atBroker('updateAcl', '-s', 'User:u', '-r', 'Topic:t', '-a', 'Sub', '-d', 'Allow'), 'CODE: 3', access),
  refused(atBroker('getAcl', '-s', 'User:u'), 'CODE: 3', access),
  refused(atBroker('listAcl'), 'CODE: 3', access),
  refused(
    { name: 'copyAcl', args: ({ broker }: Seed) => ['-f', broker, '-t', broker, '-s', 'User:u'] },
    'CODE: 3',
    access
  ),
  refused(atBroker('deleteAcl', '-s', 'User:u'), 'CODE: 3', access)
]

/** Last: Apache's own mqadmin cannot export the topics of a broker that has a static one. */
const staticTopics: readonly AdminCase[] = [
  refused(fixed('updateStaticTopic', ...cluster, '-t', 'A_Static', '-qn', '4'), 'CODE: 3', 'mq has no static topics'),
  refused(fixed('remappingStaticTopic', ...cluster, '-t', 'A_Static'), 'No topic route', 'mq has no static topics')
]

export const moreCases: readonly AdminCase[] = [
  ...[topics, groups, messages, namesrv, notApplicable, staticTopics].flat()
]
