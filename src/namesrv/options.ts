/**
 * The options of a NameServer, one row each, under Java's names with Apache 5.5.0's defaults; those that Apache does not
 * have are in the group `mq`. Java: NamesrvConfig, NettyServerConfig.
 */
import { logLevels } from '../kit/log.ts'
import { bool, choice, group, int, text } from '../kit/option-rows.ts'
import type { OptionRow, OptionValues } from '../kit/options.ts'

const network = group('network', [
  int('listenPort', 9876, [0, 65_535], 'port for brokers and clients; 0 picks a free one', {
    flag: 'port',
    env: 'MQ_NAMESRV_PORT'
  }),
  text('bindAddress', '127.0.0.1', 'address that all listeners bind; anything but loopback needs `insecure`', {
    flag: 'bind',
    env: 'MQ_BIND'
  }),
  bool('insecure', false, 'allows a bind address that is not loopback, without access control', {
    flag: 'insecure',
    env: 'MQ_INSECURE'
  }),
  int(
    'httpPort',
    -1,
    [-1, 65_535],
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
  int('serverChannelMaxIdleTimeSeconds', 120, [5, 86_400], 'time after which an idle connection is closed, s')
])

const routes = group('routes', [
  int('scanNotActiveBrokerInterval', 5_000, [100, 600_000], 'time between searches for dead brokers, ms'),
  bool(
    'deleteTopicWithBrokerRegistration',
    false,
    'a topic that a broker no longer registers is forgotten at once, not only when it is deleted here too',
    { hot: true }
  ),
  bool('supportActingMaster', false, 'a slave of a dead master may stand in for it, for reading', { hot: true }),
  bool('enableTopicList', true, 'answers lists of topics by cluster and unit', { hot: true }),
  bool('enableAllTopicList', true, 'answers the list of all topics', { hot: true }),
  bool('needWaitForService', false, 'answers no route for waitSecondsForService after the start', { hot: true }),
  int('waitSecondsForService', 45, [0, 3_600], 'see needWaitForService, s', { hot: true })
])

const orderTopics = group('ordered topics', [
  bool('orderMessageEnable', false, 'routes tell the order configuration of their topic', { hot: true }),
  bool('returnOrderTopicConfigToBroker', true, 'registering brokers are told the ordered topics', { hot: true })
])

const own = group('mq', [
  choice('logLevel', 'info', logLevels, 'least level that is logged', { flag: 'log-level', env: 'MQ_LOG_LEVEL' }),
  int('connectionsMax', 8_000, [1, 1_000_000], 'connections at a time; never more than half of the files allowed')
])

export const namesrvOptionRows = [...network, ...routes, ...orderTopics, ...own] as const satisfies readonly OptionRow[]
export type NamesrvOptions = OptionValues<typeof namesrvOptionRows>
