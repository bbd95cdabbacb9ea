/** mqadmin's commands about brokers, clusters and NameServers. */
import {
  argument,
  broker,
  brokerArgument,
  cluster,
  eachBroker,
  type Form,
  flag,
  form,
  given,
  implied,
  type MqadminRow,
  no,
  onTrue,
  part,
  row
} from './row.ts'

const repeat = no('mq looks once: run it again, or use `watch`')
const assignment = { k: part('KEY=VALUE'), v: part('see -k') }
const assign = (value: (option: string) => string | undefined): string[] => [`${value('k')}=${value('v')}`]

/** At one broker, or at all masters of a cluster. */
const cleaning = (mq: string): Form => form(mq, { b: broker, c: cluster }, { fixed: ['--yes'] })
const place = '-b brokerAddr -c cluster'

export const brokerRows: readonly MqadminRow[] = [
  row(
    'clusterList',
    'clusters and their brokers: version, rates, disk',
    '-m moreStats~ -i interval -c clusterName',
    form('cluster list', { m: given('--output', 'wide'), c: cluster }),
    { not: { i: repeat } }
  ),
  row(
    'brokerStatus',
    'what a broker tells of itself, key by key',
    '-b brokerAddr? -c clusterName?',
    form('broker stats', { b: brokerArgument, c: cluster }, { fixed: ['--figures'] })
  ),
  row(
    'brokerConsumeStats',
    'how far every group is on one broker',
    '-b brokerAddr! -t timeoutMillis -l level -o order',
    form('broker consume-stats', {
      b: brokerArgument,
      t: flag('timeout', value => `${value}ms`),
      l: flag('lag-over'),
      o: onTrue('--order')
    })
  ),
  row(
    'getBrokerConfig',
    'the settings of a broker',
    '-b brokerAddr? -c clusterName?',
    form('broker config list', { b: broker, c: eachBroker })
  ),
  row(
    'updateBrokerConfig',
    'change a setting of a running broker',
    '-b brokerAddr -c clusterName -a updateAllBroker -k key! -v value!',
    [
      form('broker config set', { b: broker, ...assignment }, { when: { b: undefined }, together: assign }),
      form('broker config set', { c: cluster, ...assignment }, { fixed: ['--all'], together: assign })
    ],
    { not: { a: no('mq changes masters only', 'false') }, oneOf: ['b', 'c'] }
  ),
  row(
    'cleanExpiredCQ',
    'delete consume queues of which all messages are gone',
    place,
    cleaning('broker clean expired-cq')
  ),
  row(
    'cleanUnusedTopic',
    'delete consume queues of topics that are not there any more',
    place,
    cleaning('broker clean unused-topics')
  ),
  row(
    'deleteExpiredCommitLog',
    'delete expired messages now, not at the next check',
    `-n namesrvAddr ${place}`,
    cleaning('broker clean expired-log')
  ),
  row(
    'resetMasterFlushOffset',
    'tell a slave how far its master has flushed',
    '-b brokerAddr -o offset',
    form('broker flush-offset reset', { o: argument, b: broker }, { fixed: ['--yes'] })
  ),
  row(
    'haStatus',
    'how far the slaves of a master are',
    '-c clusterName -b brokerAddr -i interval',
    form('broker ha', { b: brokerArgument, c: cluster }),
    { not: { i: repeat } }
  ),
  row(
    'getBrokerEpoch',
    'the epochs in which a broker was master',
    '-c clusterName? -b brokerName? -i interval',
    form('broker epoch', { b: argument, c: cluster }),
    { not: { i: repeat } }
  ),
  row(
    'getColdDataFlowCtrInfo',
    'which groups read old messages, and their limits',
    '-b brokerAddr -c clusterName',
    form('broker cold-flow list', { b: broker, c: cluster })
  ),
  row(
    'updateColdDataFlowCtrGroupConfig',
    'limit how many old messages a group may read',
    '-b brokerAddr -c clusterName -g consumerGroup! -v threshold!',
    form('broker cold-flow set', { g: argument, v: argument, b: broker, c: cluster })
  ),
  row(
    'removeColdDataFlowCtrGroupConfig',
    'take that limit away',
    '-b brokerAddr -c clusterName -g consumerGroup!',
    form('broker cold-flow delete', { g: argument, b: broker, c: cluster }, { fixed: ['--yes'] })
  ),
  row(
    'setCommitLogReadAheadMode',
    'whether the kernel reads ahead in commit log files',
    '-b brokerAddr -c clusterName -m commitLogReadAheadMode!',
    form('broker readahead set', { m: argument, b: broker, c: cluster }),
    { note: 'only for Apache brokers; an mq broker has no such files and answers with exit code 10' }
  ),
  row(
    'wipeWritePerm',
    'send producers away from a broker',
    '-b brokerName!',
    form('broker drain', { b: argument }, { fixed: ['--yes'] })
  ),
  row('addWritePerm', 'let producers come back', '-b brokerName!', form('broker resume', { b: argument })),
  row('getNamesrvConfig', 'the settings of the NameServers', '', form('namesrv config list')),
  row(
    'updateNamesrvConfig',
    'change a setting of the NameServers',
    '-k key! -v value!',
    form('namesrv config set', assignment, { together: assign })
  ),
  row(
    'updateKvConfig',
    'put a key and its value into the NameServers',
    '-s namespace! -k key! -v value!',
    form('namesrv kv set', { s: argument, k: argument, v: argument })
  ),
  row(
    'deleteKvConfig',
    'remove a key from the NameServers',
    '-s namespace! -k key!',
    form('namesrv kv delete', { s: argument, k: argument }, { fixed: ['--yes'] })
  ),
  row(
    'exportConfigs',
    'the settings of the brokers of a cluster as JSON',
    '-c clusterName! -f filePath',
    form('broker config list', { c: eachBroker }, { fixed: ['--json'] }),
    { not: { f: no('the document comes on standard output: redirect it') } }
  ),
  row(
    'exportMetrics',
    'the figures of the brokers of a cluster as JSON',
    '-c clusterName! -f filePath',
    form('broker stats', { c: cluster }, { fixed: ['--json'] }),
    { not: { f: no('the document comes on standard output: redirect it') } }
  ),
  row(
    'exportMetadata',
    'topics or groups of a cluster as JSON',
    '-c clusterName -b brokerAddr -f filePath -t topic~ -g subscriptionGroup~ -s specialTopic~',
    [
      form(
        'topic list',
        { t: implied('this is it'), s: implied('all topics are listed') },
        { when: { t: undefined }, fixed: ['--json'] }
      ),
      form(
        'group list',
        { g: implied('this is it'), s: implied('all groups are listed') },
        { when: { g: undefined }, fixed: ['--json'] }
      )
    ],
    {
      every: { c: implied('all brokers are asked'), b: implied('all brokers are asked') },
      not: { f: no('the document comes on standard output: redirect it') },
      note: 'one of -t and -g has to be given: one document each'
    }
  )
]
