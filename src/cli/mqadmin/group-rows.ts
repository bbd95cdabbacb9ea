/** mqadmin's commands about consumer groups, their offsets, and clients. */
import {
  argument,
  argumentAs,
  type Becomes,
  broker,
  cluster,
  flag,
  form,
  given,
  implied,
  type MqadminRow,
  nameIn,
  no,
  onTrue,
  part,
  routeOf,
  row,
  yesNo
} from './row.ts'
import { timeText } from './values.ts'

/** One group of the file of updateSubGroupList, written by Apache's JSON library out of a SubscriptionGroupConfig. */
const groupOfFile: Becomes = {
  kind: 'list',
  of: item => {
    const setting = (name: string, flagName: string): string[] =>
      item[name] === undefined ? [] : [`--${flagName}`, String(item[name])]
    const choice = (name: string, flagName: string): string[] =>
      typeof item[name] === 'boolean' ? [`--${item[name] ? '' : 'no-'}${flagName}`] : []
    return [
      nameIn(item, 'groupName'),
      ...choice('consumeEnable', 'consume'),
      ...choice('consumeBroadcastEnable', 'broadcast'),
      ...choice('consumeMessageOrderly', 'orderly'),
      ...setting('retryQueueNums', 'retry-queues'),
      ...setting('retryMaxTimes', 'max-retries'),
      ...setting('consumeTimeoutMinute', 'consume-timeout'),
      ...choice('consumeFromMinEnable', 'from-min'),
      ...choice('notifyConsumerIdsChangedEnable', 'notify'),
      ...setting('brokerId', 'broker-id'),
      ...setting('whichBrokerWhenConsumeSlowly', 'slow-broker-id')
    ]
  }
}

export const groupRows: readonly MqadminRow[] = [
  row(
    'updateSubGroup',
    'make or change a consumer group',
    '-b brokerAddr -c clusterName -g groupName! -s consumeEnable -m consumeFromMinEnable -d consumeBroadcastEnable -o consumeMessageOrderly -q retryQueueNums -r retryMaxTimes -p groupRetryPolicy -i brokerId -w whichBrokerWhenConsumeSlowly -a notifyConsumerIdsChanged --attributes',
    form(
      'group create',
      {
        g: argument,
        b: broker,
        c: cluster,
        s: yesNo('consume'),
        m: yesNo('from-min'),
        d: yesNo('broadcast'),
        o: yesNo('orderly'),
        q: flag('retry-queues'),
        r: flag('max-retries'),
        i: flag('broker-id'),
        w: flag('slow-broker-id'),
        a: yesNo('notify')
      },
      { fixed: ['--or-update'] }
    ),
    {
      not: {
        p: no('a group has the delay levels of its broker between tries'),
        attributes: no('mq groups have no attributes')
      },
      oneOf: ['b', 'c'],
      note: 'settings that are not given keep their value; mqadmin sets them back to the default'
    }
  ),
  row(
    'updateSubGroupList',
    'the same for the groups of a JSON file',
    '-b brokerAddr? -c clusterName? -f filename!',
    form('group create', { f: groupOfFile, b: broker, c: cluster }, { fixed: ['--or-update'] }),
    { note: 'one `mq group create` for each group of the file' }
  ),
  row(
    'setConsumeMode',
    'whether a group pulls or pops a topic',
    '-b brokerAddr -c clusterName -t topicName! -g groupName! -m mode! -q popShareQueueNum',
    form('group mode', {
      g: argument,
      m: argumentAs(mode => mode.toLowerCase()),
      t: flag('topic'),
      q: flag('share-queues'),
      b: broker,
      c: cluster
    }),
    { oneOf: ['b', 'c'] }
  ),
  row(
    'deleteSubGroup',
    'delete a group with its retry and dead letter topics',
    '-b brokerAddr -c clusterName -g groupName! -r removeOffset',
    form('group delete', { g: argument, b: broker, c: cluster, r: onTrue('--with-offsets') }, { fixed: ['--yes'] }),
    { oneOf: ['b', 'c'], note: 'mqadmin does not ask; by itself, `mq group delete` does' }
  ),
  row(
    'consumerProgress',
    'how far groups are, queue by queue',
    '-g groupName -t topicName -s showClientIP -c cluster',
    [
      form(
        'group lag',
        { g: argument, t: flag('topic'), s: implied('`mq group lag --by client` shows who has a queue') },
        { when: { g: undefined } }
      ),
      form('group list', { t: flag('topic'), s: implied('a summary has no queues') })
    ],
    { every: { c: routeOf } }
  ),
  row(
    'consumerConnection',
    'the members of a group and their subscriptions',
    '-g consumerGroup! -b brokerAddr',
    form('group members', { g: argument, b: implied('all brokers are asked') })
  ),
  row(
    'consumerStatus',
    'what the members of a group are doing',
    '-g consumerGroup! -i clientId -b brokerAddr -s jstack~',
    [
      form(
        'group member',
        { g: argument, i: argument, s: given('--stack'), b: implied('all brokers are asked') },
        { when: { i: undefined } }
      ),
      form('group subscriptions', { g: argument, b: implied('all brokers are asked') }, { fixed: ['--verify'] })
    ],
    {
      not: { s: no('a stack is of one client: add -i CLIENT_ID') },
      note: 'without a client it says whether all members subscribe the same, as mqadmin does at its end'
    }
  ),
  row(
    'getConsumerConfig',
    'the settings of a group on each broker',
    '-g groupName!',
    form('group describe', { g: argument })
  ),
  row(
    'cloneGroupOffset',
    'give a group the offsets of another',
    '-s srcGroup! -d destGroup! -t topic! -o offline',
    form(
      'group clone-offset',
      { s: argument, d: argument, t: flag('topic'), o: implied('whether the group is online is found out') },
      { fixed: ['--yes'] }
    )
  ),
  row(
    'resetOffsetByTime',
    'set the offsets of a group to a time, or to an offset',
    '-g group! -t topic! -s timestamp! -f force -c cluster -b broker -q queue -o offset',
    [
      form(
        'group reset-offset',
        {
          g: argument,
          t: flag('topic'),
          o: flag('to'),
          q: flag('queue'),
          b: broker,
          s: implied('the offset is what counts'),
          f: implied('mq always goes back as well as forward')
        },
        { when: { o: undefined }, fixed: ['--execute', '--yes'] }
      ),
      form(
        'group reset-offset',
        {
          g: argument,
          t: flag('topic'),
          s: flag('to', value => (value === '-1' ? 'end' : `@${timeText(value)}`)),
          q: flag('queue'),
          b: broker,
          f: implied('mq always goes back as well as forward')
        },
        { fixed: ['--execute', '--yes'] }
      )
    ],
    { every: { c: routeOf } }
  ),
  row(
    'skipAccumulatedMessage',
    'set the offsets of a group to the end',
    '-g group! -t topic! -f force -c cluster',
    form('group skip', { g: argument, t: flag('topic'), f: implied('the end is never behind') }, { fixed: ['--yes'] }),
    { every: { c: routeOf } }
  ),
  row('startMonitoring', 'warn again and again about groups that fall behind', '', form('group lag'), {
    note: 'mqadmin looks again each minute: put it into `watch -n 60`, or let monitoring run `mq check group NAME`'
  }),
  row(
    'producer',
    'all producers that are connected to a broker',
    '-b broker!',
    form('client list', { b: broker }, { fixed: ['--kind', 'producer'] })
  ),
  row(
    'producerConnection',
    'the connected producers of a group',
    '-g producerGroup! -t topic!',
    form('client producers', { g: flag('group'), t: flag('topic') })
  ),
  row(
    'queryCq',
    'entries of a consume queue',
    '-t topic! -q queue! -i index! -c count -b broker -g consumer',
    form(
      'message print',
      { t: flag('topic'), q: flag('queue'), b: broker, i: part('--offset INDEX'), c: flag('limit') },
      { fixed: ['--queue-index'], together: value => ['--offset', value('i') ?? '0'] }
    ),
    { not: { g: no("whether a group's filter wants an entry is not told") } }
  )
]
