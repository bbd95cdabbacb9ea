/**
 * The options of a broker, one row each, under Java's names with Apache 5.5.0's defaults. Those that Apache does not
 * have are in the group `mq`. docs/options.md is made from this table.
 * Java: BrokerConfig, MessageStoreConfig, NettyServerConfig.
 */
import { logLevels } from '../kit/log.ts'
import { bool, choice, group, int, text } from '../kit/option-rows.ts'
import type { OptionValues } from '../kit/options.ts'

const plainName: readonly [RegExp, string] = [/^[\w.%|-]{1,100}$/, '1 to 100 letters, digits, and any of . _ - % |']

const identity = group('identity', [
  text('brokerName', 'broker-a', 'name that a master and its slaves share', {
    flag: 'name',
    env: 'MQ_BROKER_NAME',
    form: plainName
  }),
  text('brokerClusterName', 'DefaultCluster', 'cluster that the broker joins', {
    flag: 'cluster',
    env: 'MQ_CLUSTER',
    form: plainName
  }),
  int('brokerId', 0, [0, 2 ** 31 - 1], '0 for a master, above 0 for a slave', { flag: 'id', env: 'MQ_BROKER_ID' }),
  choice('brokerRole', 'ASYNC_MASTER', ['ASYNC_MASTER', 'SYNC_MASTER', 'SLAVE'], 'role in replication', {
    flag: 'role'
  }),
  text('regionId', 'DefaultRegion', 'region that is written into each message as MSG_REGION')
])

const network = group('network', [
  text('namesrvAddr', '', 'NameServers to register with, `host:port` separated by `;`', {
    flag: 'namesrv',
    env: 'NAMESRV_ADDR',
    form: [/^([^\s;,]+:\d{1,5}([;,\s]+|$))*$/, 'host:port, several of them separated by ;']
  }),
  text('bindAddress', '127.0.0.1', 'address that all listeners bind; anything but loopback needs `insecure`', {
    flag: 'bind',
    env: 'MQ_BIND'
  }),
  bool('insecure', false, 'allows a bind address that is not loopback, without access control', {
    flag: 'insecure',
    env: 'MQ_INSECURE'
  }),
  int('listenPort', 10911, [0, 65535], 'port for clients; 0 picks a free one', { flag: 'port', env: 'MQ_BROKER_PORT' }),
  int('haListenPort', 0, [0, 65535], 'port for slaves; 0 = listenPort + 1'),
  int(
    'httpPort',
    -1,
    [-1, 65535],
    'port of /livez, /readyz, /metrics and the admin API; -1 = listenPort − 1, 0 picks a free one',
    {
      flag: 'http-port'
    }
  ),
  text(
    'httpHostNames',
    '',
    'names in the Host header that the HTTP admin API answers to besides the address, separated by commas'
  ),
  text(
    'brokerIP1',
    '',
    'address that clients are told; empty = the bind address, or the first public one of the machine',
    { env: 'MQ_BROKER_IP' }
  ),
  text('brokerIP2', '', 'address that slaves are told; empty = brokerIP1'),
  text(
    'advertise',
    'auto',
    'rules `CLIENTS=HOST:PORT` separated by `;`: which address a NameServer of mq answers to which clients (CIDR or `*`), or `auto`',
    { flag: 'advertise', env: 'MQ_ADVERTISE' }
  ),
  int('registerNameServerPeriod', 30_000, [10_000, 60_000], 'time between registrations, ms'),
  int('registerBrokerTimeoutMills', 24_000, [100, 60_000], 'time a NameServer has to answer a registration, ms', {
    hot: true
  }),
  int(
    'channelExpiredTimeout',
    120_000,
    [1000, 3_600_000],
    'time after which a client without a heartbeat is forgotten, ms'
  ),
  int('serverChannelMaxIdleTimeSeconds', 120, [1, 86_400], 'time after which a silent connection is closed, s')
])

const storage = group('storage', [
  text('storePathRootDir', 'store', 'directory of all data', { flag: 'data-dir', env: 'MQ_DATA_DIR' }),
  choice(
    'flushDiskType',
    'ASYNC_FLUSH',
    ['ASYNC_FLUSH', 'SYNC_FLUSH'],
    'whether a send is answered before or after the disk has it'
  ),
  int('flushIntervalCommitLog', 500, [1, 600_000], 'time between flushes under ASYNC_FLUSH, ms'),
  int(
    'syncFlushTimeout',
    5000,
    [100, 600_000],
    'time a flush may take before a send is answered with FLUSH_DISK_TIMEOUT, ms',
    { hot: true }
  ),
  int(
    'mappedFileSizeCommitLog',
    1_073_741_824,
    [1_048_576, 68_719_476_736],
    'size of a commit log segment, bytes; fixed once data is there'
  ),
  int('fileReservedTime', 72, [1, 876_000], 'time that messages are kept, h', { hot: true }),
  text('deleteWhen', '04', 'hours of the day at which expired segments go, separated by `;`', {
    hot: true,
    form: [/^([01]?\d|2[0-3])(;([01]?\d|2[0-3]))*$/, 'hours from 00 to 23 separated by ;']
  }),
  int('diskMaxUsedSpaceRatio', 75, [10, 95], 'disk use above which expired segments go at any hour, percent', {
    hot: true
  }),
  int('diskSpaceWarningLevelRatio', 90, [20, 100], 'disk use above which sends are refused, percent', { hot: true }),
  int('maxMessageSize', 4_194_304, [1, 16_000_000], 'largest message body, bytes', { hot: true }),
  int(
    'diskSpaceCleanForciblyRatio',
    85,
    [20, 100],
    'disk use above which the oldest segments go at any hour, percent',
    {
      hot: true
    }
  ),
  bool('cleanFileForciblyEnable', true, 'lets segments go before their time when the disk is full', { hot: true }),
  bool('messageIndexEnable', true, 'keeps the index of keys'),
  int('defaultQueryMaxNum', 32, [1, 1024], 'most messages of a query by unique key', { hot: true }),
  int('flushConsumerOffsetInterval', 5000, [100, 600_000], 'time between writes of consumer offsets, ms'),
  text(
    'messageDelayLevel',
    '1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h',
    'delays of the delay levels 1, 2, …; s, m, h, d',
    { form: [/^\d{1,9}[smhd]( +\d{1,9}[smhd]){0,17}$/, 'up to 18 times such as 1s, 5m or 2h with blanks between them'] }
  )
])

const topics = group('topics and groups', [
  bool('autoCreateTopicEnable', true, 'makes a topic when a client first sends to it', { hot: true }),
  bool('autoCreateSubscriptionGroup', true, 'makes a group when a client first uses it', { hot: true }),
  bool('enableCreateSysGroup', true, 'makes groups of the system even when autoCreateSubscriptionGroup is off', {
    hot: true
  }),
  int('defaultTopicQueueNums', 8, [1, 1024], 'queues of TBW102, and the most that an auto-made topic gets'),
  bool('clusterTopicEnable', true, 'lets clients use the topic that is named after the cluster'),
  bool('brokerTopicEnable', true, 'lets clients use the topic that is named after the broker'),
  bool('traceTopicEnable', false, 'makes the topic of message traces at start'),
  text('msgTraceTopicName', 'RMQ_SYS_TRACE_TOPIC', 'topic of message traces'),
  bool('traceOn', true, 'tells clients to trace (TRACE_ON)', { hot: true }),
  int('reviveQueueNum', 8, [1, 1024], 'queues of the topic that POP keeps its state in'),
  bool('validateSystemTopicWhenUpdateTopic', true, 'refuses changes of system topics', { hot: true }),
  bool('enableMixedMessageType', false, 'allows topics of message.type=MIXED', { hot: true }),
  bool('clearRetryTopicWhenDeleteTopic', true, 'deletes the POP retry topics of a topic together with it', {
    hot: true
  }),
  bool(
    'useServerSideResetOffset',
    true,
    'resets offsets at the broker, for groups that are offline too; off = tells the consumers to do it',
    { hot: true }
  ),
  bool('enableSplitMetadata', true, 'answers the lists of topics and groups in pages to those who ask for pages', {
    hot: true
  }),
  int('splitMetadataSize', 2000, [1, 100_000], 'most topics or groups on a page', { hot: true })
])

const serving = group('serving', [
  int('brokerPermission', 6, [0, 7], 'what clients may do: 2 write, 4 read, 6 both', { hot: true }),
  bool('longPollingEnable', true, 'holds a pull until a message arrives', { hot: true }),
  int('shortPollingTimeMills', 1000, [10, 60_000], 'how long a pull is held when longPollingEnable is off, ms', {
    hot: true
  }),
  bool('litePullMessageEnable', true, 'answers LITE_PULL_MESSAGE', { hot: true }),
  int('maxTransferCountOnMessageInMemory', 32, [1, 1024], 'most recent messages in one pull', { hot: true }),
  int('maxTransferBytesOnMessageInMemory', 262_144, [1024, 8_388_608], 'most bytes of recent messages in one pull', {
    hot: true
  }),
  int('maxTransferCountOnMessageInDisk', 8, [1, 1024], 'most old messages in one pull', { hot: true }),
  int('maxTransferBytesOnMessageInDisk', 65_536, [1024, 8_388_608], 'most bytes of old messages in one pull', {
    hot: true
  }),
  bool('rejectPullConsumerEnable', false, 'ignores heartbeats of pull consumers', { hot: true }),
  bool('notifyConsumerIdsChangedEnable', true, 'tells consumers at once when their group changes', { hot: true })
])

const own = group('mq', [
  int('diskSpaceFreeBytesMin', 536_870_912, [0, 2 ** 50], 'free disk space below which sends are refused, bytes', {
    hot: true
  }),
  int('writeBufferBytes', 16_777_216, [65_536, 268_435_456], 'write buffer of one LevelDB database, bytes'),
  int('topicCountMax', 100_000, [1, 10_000_000], 'most topics of this broker', { hot: true }),
  int('groupCountMax', 100_000, [1, 10_000_000], 'most consumer groups of this broker', { hot: true }),
  int('heldPullsMax', 20_000, [0, 1_000_000], 'most pulls held at a time'),
  int('connectionsMax', 8000, [1, 1_000_000], 'most connections at a time'),
  choice('logLevel', 'info', logLevels, 'least level that is logged', {
    flag: 'log-level',
    env: 'MQ_LOG_LEVEL',
    hot: true
  })
])

export const brokerOptionRows = [...identity, ...network, ...storage, ...topics, ...serving, ...own] as const

/** What the parts of a broker read; hot values change under them. */
export type BrokerOptions = OptionValues<typeof brokerOptionRows>
