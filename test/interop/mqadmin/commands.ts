/** The commands of mqadmin that are compared, in the order in which they run after the workload "holdSeed". */

/** What the arguments refer to. */
export interface Seed {
  readonly namesrv: string
  readonly broker: string
  /** Unique ids of the 12 messages, in the order in which they were sent. */
  readonly ids: readonly string[]
  readonly offsetIds: readonly string[]
  /** Where files may be written. */
  readonly dir: string
}

export interface AdminCase {
  /** Starts with the command's name. */
  readonly name: string
  readonly args: (seed: Seed) => readonly string[]
  /** The command has to be run again until its output matches: it tells of what the broker does in its own time. */
  readonly until?: RegExp
  /** Where mq answers otherwise on purpose: part of its complaint, and why. */
  /** Milliseconds after which it is interrupted; for those that run for ever. */
  readonly ms?: number
  /** What stands in `in.json` of the run's directory. */
  readonly file?: string
  /** A file that it writes: compared as if it were printed. */
  readonly written?: (seed: Seed) => string
  readonly onMq?: { readonly complaint: string; readonly why: string }
}

export const topic = 'A_Seed'
const group = 'A_SeedGroup'
const cluster = ['-c', 'DefaultCluster']

const fixed = (name: string, ...args: string[]): AdminCase => ({ name, args: () => args })

export const makeTopic: AdminCase = fixed('updateTopic', ...cluster, '-t', topic, '-r', '4', '-w', '4')

/** At the broker; every command of this kind also takes `-c` and then asks each master. */
const atBroker = (name: string, ...args: string[]): AdminCase => ({ name, args: seed => ['-b', seed.broker, ...args] })

/** A group that is never online, so that its offsets are only what these commands make them. */
const away = 'A_Away'
const reset = (name: string, ...args: string[]): AdminCase => fixed(name, '-g', away, '-t', topic, ...args)

const operatorCases: readonly AdminCase[] = [
  atBroker('updateSubGroup', '-g', away),
  reset('resetOffsetByTime to the start', '-s', '0'),
  reset('skipAccumulatedMessage'),
  reset('skipAccumulatedMessage without force', '-f', 'false'),
  {
    name: 'resetOffsetByTime to an offset',
    args: seed => ['-g', away, '-t', topic, '-s', '0', '-b', seed.broker, '-q', '1', '-o', '2']
  },
  {
    name: 'resetOffsetByTime to an offset beyond the end',
    args: seed => ['-g', away, '-t', topic, '-s', '0', '-b', seed.broker, '-q', '1', '-o', '99']
  },
  fixed('resetOffsetByTime of no group', '-g', 'NoGroup', '-t', topic, '-s', '0'),
  fixed('resetOffsetByTime of no topic', '-g', away, '-t', 'None', '-s', '0'),
  atBroker('brokerConsumeStats'),
  atBroker('updateSubGroup of a second group', '-g', 'A_Clone'),
  fixed('cloneGroupOffset', '-s', away, '-d', 'A_Clone', '-t', topic, '-o', 'true'),
  fixed('cloneGroupOffset to no group', '-s', away, '-d', 'NoGroup', '-t', topic, '-o', 'true'),
  atBroker('brokerConsumeStats after cloneGroupOffset'),
  atBroker('queryCq', '-t', topic, '-q', '1', '-i', '0', '-c', '3'),
  atBroker('queryCq of an offline group', '-t', topic, '-q', '1', '-i', '1', '-c', '1', '-g', away),
  atBroker('queryCq of no queue', '-t', topic, '-q', '77', '-i', '0', '-c', '3'),
  fixed('consumerStatus of no client', '-g', group, '-i', 'nobody'),
  atBroker('cleanExpiredCQ'),
  fixed('cleanExpiredCQ by cluster', ...cluster),
  atBroker('cleanUnusedTopic'),
  atBroker('deleteExpiredCommitLog'),
  fixed('topicStatus after the cleaning', '-t', topic),
  atBroker('setConsumeMode', '-t', topic, '-g', away, '-m', 'PULL'),
  {
    ...atBroker('setConsumeMode to pop', '-t', topic, '-g', away, '-m', 'POP', '-q', '8'),
    onMq: { complaint: 'CODE: 3', why: 'mq has no POP yet, and consumers that are told to pop would get nothing' }
  },
  atBroker('setConsumeMode of no topic', '-t', 'None', '-g', away, '-m', 'PULL'),
  atBroker('setConsumeMode of no group', '-t', topic, '-g', 'NoGroup', '-m', 'PULL'),
  atBroker('haStatus'),
  atBroker('resetMasterFlushOffset', '-o', '0'),
  fixed('getBrokerEpoch', '-b', 'broker-a'),
  atBroker('getColdDataFlowCtrInfo'),
  atBroker('updateColdDataFlowCtrGroupConfig', '-g', away, '-v', '1024'),
  atBroker('getColdDataFlowCtrInfo with a threshold'),
  atBroker('removeColdDataFlowCtrGroupConfig', '-g', away),
  {
    ...atBroker('setCommitLogReadAheadMode', '-m', '1'),
    onMq: { complaint: 'CODE: 3', why: 'LevelDB has no such mode, and mq does not claim that it was set' }
  }
]

export const adminCases: readonly AdminCase[] = [
  fixed('clusterList'),
  fixed('topicList'),
  fixed('topicList by cluster', '-c'),
  fixed('topicRoute', '-t', topic),
  fixed('topicRoute as list', '-t', topic, '-l'),
  fixed('topicRoute of no topic', '-t', 'None'),
  fixed('topicStatus', '-t', topic),
  fixed('topicStatus of no topic', '-t', 'None'),
  { name: 'consumerProgress', args: () => [], until: /A_SeedGroup\s+1\s.*\s0\s*$/m },
  fixed('consumerProgress of a group', '-g', group),
  fixed('consumerProgress of a group and topic', '-g', group, '-t', topic),
  fixed('consumerProgress of no group', '-g', 'NoGroup'),
  fixed('consumerConnection', '-g', group),
  fixed('consumerConnection of no group', '-g', 'NoGroup'),
  fixed('queryMsgByKey', '-t', topic, '-k', 'key3'),
  fixed('queryMsgByKey of many', '-t', topic, '-k', 'all'),
  fixed('queryMsgByKey at most 5', '-t', topic, '-k', 'all', '-m', '5'),
  fixed('queryMsgByKey of no key', '-t', topic, '-k', 'none'),
  { name: 'queryMsgById', args: seed => ['-t', topic, '-i', seed.offsetIds[0]!] },
  { name: 'queryMsgById of the last', args: seed => ['-t', topic, '-i', seed.offsetIds[11]!] },
  {
    name: 'queryMsgById of no message',
    args: seed => ['-t', topic, '-i', `${seed.offsetIds[0]!.slice(0, -16)}0000000000FFFFFF`]
  },
  { name: 'queryMsgByUniqueKey', args: seed => ['-t', topic, '-i', seed.ids[5]!] },
  fixed('queryMsgByUniqueKey of no message', '-t', topic, '-i', '7F00000100002A9F0000000000000001'),
  fixed('queryMsgByOffset', '-t', topic, '-b', 'broker-a', '-i', '1', '-o', '2'),
  fixed('queryMsgByOffset beyond the end', '-t', topic, '-b', 'broker-a', '-i', '1', '-o', '99'),
  fixed('queryMsgByOffset of no queue', '-t', topic, '-b', 'broker-a', '-i', '77', '-o', '0'),
  fixed('sendMessage', '-t', topic, '-p', 'by hand', '-k', 'hand', '-c', 'Hand', '-b', 'broker-a', '-i', '2'),
  fixed('topicStatus after sendMessage', '-t', topic),
  fixed('consumeMessage of a queue', '-t', topic, '-b', 'broker-a', '-i', '0', '-o', '0', '-c', '2'),
  fixed('consumeMessage of a topic', '-t', topic, '-c', '5'),
  { name: 'brokerStatus', args: seed => ['-b', seed.broker] },
  fixed('brokerStatus by cluster', ...cluster),
  { name: 'getBrokerConfig', args: seed => ['-b', seed.broker] },
  { name: 'updateBrokerConfig', args: seed => ['-b', seed.broker, '-k', 'fileReservedTime', '-v', '71'] },
  { name: 'getBrokerConfig after the update', args: seed => ['-b', seed.broker] },
  {
    name: 'updateBrokerConfig of no key',
    args: seed => ['-b', seed.broker, '-k', 'noSuchKey', '-v', '1'],
    onMq: { complaint: 'CODE: 16', why: 'mq refuses what would have no effect; Apache says that it succeeded' }
  },
  {
    name: 'updateBrokerConfig of a refused key',
    args: seed => ['-b', seed.broker, '-k', 'brokerConfigPath', '-v', '1']
  },
  fixed('updateTopic to read only', ...cluster, '-t', topic, '-r', '4', '-w', '4', '-p', '4'),
  fixed('topicRoute when read only', '-t', topic),
  fixed('sendMessage when read only', '-t', topic, '-p', 'x', '-b', 'broker-a', '-i', '0'),
  fixed('updateTopic to more queues', ...cluster, '-t', topic, '-r', '6', '-w', '6', '-p', '6'),
  fixed('topicStatus with more queues', '-t', topic),
  fixed('updateTopic to fewer queues', ...cluster, '-t', topic, '-r', '2', '-w', '2'),
  fixed('topicStatus with fewer queues', '-t', topic),
  fixed('updateTopic of a type', ...cluster, '-t', 'Typed', '-a', '+message.type=FIFO'),
  fixed('updateTopic of no such type', ...cluster, '-t', 'Typed', '-a', '+message.type=NONE'),
  fixed('updateTopic of a system topic', ...cluster, '-t', 'SCHEDULE_TOPIC_XXXX'),
  fixed('updateTopic of a bad name', ...cluster, '-t', 'a+b'),
  { name: 'updateTopic at a broker', args: seed => ['-b', seed.broker, '-t', 'AtBroker', '-r', '3', '-w', '2'] },
  fixed('topicRoute of unequal queues', '-t', 'AtBroker'),
  fixed('deleteTopic', ...cluster, '-t', 'AtBroker'),
  fixed('deleteTopic of no topic', ...cluster, '-t', 'None'),
  fixed('deleteTopic of a system topic', ...cluster, '-t', 'SCHEDULE_TOPIC_XXXX'),
  fixed('topicRoute after deleteTopic', '-t', 'AtBroker'),
  fixed('topicList after deleteTopic'),
  ...operatorCases
]
