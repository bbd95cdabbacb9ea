/** mqadmin's commands about topics. */
import {
  argument,
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
  none,
  onTrue,
  part,
  row
} from './row.ts'
import { attributeList, permWord } from './values.ts'

const unit = 'mq has no units'
const attributes: Becomes = { kind: 'split', flag: 'attr', split: attributeList }

/** One topic of the file of updateTopicList, written by Apache's JSON library out of a TopicConfig. */
const topicOfFile: Becomes = {
  kind: 'list',
  of: item => {
    const [read, write, perm] = [item['readQueueNums'], item['writeQueueNums'], item['perm']]
    return [
      nameIn(item, 'topicName'),
      ...(read === undefined ? [] : ['--read-queues', String(read)]),
      ...(write === undefined ? [] : ['--write-queues', String(write)]),
      ...(perm === undefined ? [] : ['--perm', permWord(String(perm))]),
      ...(item['order'] === true ? ['--order'] : []),
      ...Object.entries((item['attributes'] ?? {}) as object).flatMap(([key, value]) => [
        '--attr',
        `${key.replace(/^\+/, '')}=${String(value)}`
      ])
    ]
  }
}

export const topicRows: readonly MqadminRow[] = [
  row(
    'updateTopic',
    'make or change a topic',
    '-b brokerAddr? -c clusterName? -a attributes -t topic! -r readQueueNums -w writeQueueNums -p perm -o order -u unit -s hasUnitSub',
    form(
      'topic create',
      {
        t: argument,
        b: broker,
        c: cluster,
        a: attributes,
        r: flag('read-queues'),
        w: flag('write-queues'),
        p: flag('perm', permWord),
        o: onTrue('--order')
      },
      { fixed: ['--or-update'] }
    ),
    { not: { u: no(unit, 'false'), s: no(unit, 'false') } }
  ),
  row(
    'updateTopicList',
    'the same for the topics of a JSON file',
    '-b brokerAddr? -c clusterName? -f filename!',
    form('topic create', { f: topicOfFile, b: broker, c: cluster }, { fixed: ['--or-update'] }),
    { note: 'one `mq topic create` for each topic of the file' }
  ),
  row(
    'deleteTopic',
    'delete a topic on all masters of a cluster',
    '-t topic! -c clusterName!',
    form('topic delete', { t: argument, c: cluster }, { fixed: ['--yes'] }),
    { note: 'mqadmin does not ask; by itself, `mq topic delete` does' }
  ),
  row(
    'updateTopicPerm',
    'change what clients may do with a topic',
    '-b brokerAddr -c clusterName -t topic! -p perm!',
    form('topic perm', {
      t: argument,
      p: { kind: 'argument', convert: permWord },
      b: broker,
      c: cluster
    }),
    { oneOf: ['b', 'c'] }
  ),
  row(
    'topicRoute',
    'which brokers have the topic, where, with how many queues',
    '-t topic! -l list~',
    form('topic route', { t: argument, l: implied('people get a table anyway, scripts take --json') })
  ),
  row(
    'topicStatus',
    'first and next offset and last store time of each queue',
    '-t topic! -c cluster',
    form('topic offsets', { t: argument, c: cluster })
  ),
  row('topicClusterList', 'which clusters have the topic', '-t topic!', form('topic clusters', { t: argument })),
  row('topicList', 'all topics', '-c clusterModel~', form('topic list', { c: given('--output', 'wide') })),
  row(
    'allocateMQ',
    'which client would get which queue',
    '-t topic! -i ipList!',
    form('topic allocate', { t: argument, i: flag('clients') })
  ),
  row(
    'updateOrderConf',
    'the queues that clients of an ordered topic see while a broker is away',
    '-t topic! -v orderConf -m method!',
    [
      form('namesrv order-conf get', { t: argument, m: part('the verb') }, { when: { m: 'get' } }),
      form('namesrv order-conf set', { t: argument, v: argument, m: part('the verb') }, { when: { m: 'put' } }),
      form(
        'namesrv order-conf delete',
        { t: argument, m: part('the verb') },
        { when: { m: 'delete' }, fixed: ['--yes'] }
      )
    ]
  ),
  row('statsAll', 'rates and counts of topics and their groups', '-a activeTopic~ -t topic', [
    form('topic stats', { t: argument, a: implied('idle topics have a row of noughts') }, { when: { t: undefined } }),
    form('topic stats', { a: given('--active') }, { fixed: ['--all'] })
  ]),
  none(
    'updateStaticTopic',
    'make or grow a static topic',
    '-c clusters? -b brokers? -t topic! -qn totalQueueNum! -mf mapFile -fr forceReplace',
    'mq has no static topics, whose queues keep their numbers while they move between brokers'
  ),
  none(
    'remappingStaticTopic',
    'move queues of a static topic to other brokers',
    '-c clusters? -b brokers? -t topic! -mf mapFile -fr forceReplace',
    'mq has no static topics, whose queues keep their numbers while they move between brokers'
  )
]
