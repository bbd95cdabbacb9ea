/** mqadmin's commands about messages: finding, printing, sending. */
import { argument, cluster, flag, form, implied, type MqadminRow, no, onTrue, part, routeOf, row } from './row.ts'
import { timeRange, timeText } from './values.ts'

const charset = no('bodies are printed as UTF-8, or as base64 where they are none', 'UTF-8', 'utf-8')
const unit = no('mq has no units')
const placeParts = { b: part('--offset BROKER/QUEUE/OFFSET'), i: part('see -b'), o: part('see -b') }

/** With a client's id the message is given to that client; `-s true` sends it again; otherwise it is shown. */
const byId = (resend: boolean) => [
  form(
    'message consume-directly',
    { t: flag('topic'), i: argument, g: flag('group'), d: flag('client') },
    { when: { d: undefined } }
  ),
  ...(resend
    ? [form('message resend', { t: flag('topic'), i: argument, s: implied('this is it') }, { when: { s: 'true' } })]
    : [])
]

export const messageRows: readonly MqadminRow[] = [
  row(
    'queryMsgById',
    'show a message by its id; give it to one client, or send it again',
    '-t topic! -i msgId! -g consumerGroup -d clientId -s sendMessage -u unitName -f bodyFormat -c cluster',
    [...byId(true), form('message query', { t: flag('topic'), i: flag('id'), s: onTrue() })],
    {
      not: {
        g: no('a group counts only together with a client (-d)'),
        u: unit,
        f: charset
      },
      every: { c: routeOf }
    }
  ),
  row(
    'queryMsgByKey',
    'find messages by their key',
    '-t topic! -k msgKey! -b beginTimestamp -e endTimestamp -m maxNum -c cluster -p keyType -l lastKey',
    form('message query', {
      t: flag('topic'),
      k: flag('key'),
      b: flag('from', timeText),
      e: flag('to', timeText),
      m: flag('limit')
    }),
    {
      every: { c: routeOf },
      not: {
        p: no('mq has no index of tags: `mq consume TOPIC --tags TAG -e` reads through the topic', 'K'),
        l: no('a page goes on from the cursor that --json prints')
      }
    }
  ),
  row(
    'queryMsgByUniqueKey',
    'show a message by the id that its sender gave; give it to one client',
    '-i msgId! -g consumerGroup -d clientId -t topic! -a showAll~ -c cluster -s startTime -e endTime',
    [
      ...byId(false),
      form('message query', {
        t: flag('topic'),
        i: flag('id'),
        a: implied('all copies are shown'),
        s: implied('no time has to be known'),
        e: implied('no time has to be known')
      })
    ],
    { not: { g: no('a group counts only together with a client (-d)') }, every: { c: routeOf } }
  ),
  row(
    'queryMsgByOffset',
    'show the message at a place',
    '-t topic! -b brokerName! -i queueId! -o offset! -f bodyFormat -r routeTopic',
    form(
      'message query',
      { t: flag('topic'), ...placeParts },
      { together: value => ['--offset', `${value('b')}/${value('i')}/${value('o')}`] }
    ),
    { not: { f: charset, r: no('mq has no queues without a topic of their own (LMQ)') } }
  ),
  row(
    'queryMsgTraceById',
    'the trace of a message, where clients write one',
    '-i msgId! -t traceTopic -b beginTimestamp -e endTimestamp -c maxNum',
    form('trace show', {
      i: argument,
      t: flag('trace-topic'),
      b: flag('from', timeText),
      e: flag('to', timeText),
      c: flag('limit')
    })
  ),
  row(
    'printMsg',
    'print the messages of a topic',
    '-t topic! -c charsetName -s subExpression -b beginTimestamp -e endTimestamp -d printBody -l lmqParentTopic',
    form(
      'consume',
      {
        t: argument,
        s: flag('tags'),
        b: part('--offset @BEGIN:END'),
        e: part('see -b'),
        d: implied('a format says what is printed: `-f "%d %k"`')
      },
      { fixed: ['--exit-at-end'], together: value => timeRange(value('b'), value('e')) }
    ),
    { not: { c: charset, l: no('mq has no queues without a topic of their own (LMQ)') } }
  ),
  row(
    'printMsgByQueue',
    'print the messages of one queue',
    '-t topic! -a brokerName! -i queueId! -c charsetName -s subExpression -b beginTimestamp -e endTimestamp -p print msg -d printBody -f calculate',
    form(
      'consume',
      {
        t: argument,
        a: flag('broker'),
        i: flag('queue'),
        s: flag('tags'),
        b: part('--offset @BEGIN:END'),
        e: part('see -b'),
        p: implied('messages are printed'),
        d: implied('a format says what is printed: `-f "%d %k"`')
      },
      { fixed: ['--exit-at-end'], together: value => timeRange(value('b'), value('e')) }
    ),
    {
      not: { c: charset, f: no('mq counts no tags: `mq consume TOPIC -e -f "%g\\n" | sort | uniq -c` does', 'false') }
    }
  ),
  row(
    'consumeMessage',
    'pull messages and print them',
    '-t topic! -b brokerName -i queueId -o offset -g consumerGroup -s beginTimestamp -e endTimestamp -c MessageNumber',
    form(
      'consume',
      {
        t: argument,
        b: flag('broker'),
        i: flag('queue'),
        g: implied('nothing is committed, so that no group is needed'),
        o: part('--offset OFFSET'),
        s: part('--offset @BEGIN:END'),
        e: part('see -s'),
        c: part('--num')
      },
      {
        fixed: ['--exit-at-end'],
        together: value => {
          const offset = value('o')
          const range = offset === undefined ? timeRange(value('s'), value('e')) : ['--offset', offset]
          return [...range, '--num', value('c') ?? '128']
        }
      }
    ),
    { note: 'looks only; the group of mqadmin committed nothing either' }
  ),
  row(
    'sendMessage',
    'send one message',
    '-t topic! -p body! -k key -c tags -b broker -i qid -m msgTraceEnable',
    form('produce', {
      t: argument,
      p: argument,
      k: flag('key'),
      c: flag('tag'),
      b: flag('broker'),
      i: flag('queue')
    }),
    { not: { m: no('mq writes no traces yet', 'false') } }
  ),
  row(
    'sendMsgStatus',
    'send some messages to a broker and say how long each took',
    '-b brokerName! -s messageSize -c count',
    form('cluster latency', { b: flag('broker'), s: flag('size'), c: flag('count') })
  ),
  row(
    'checkMsgSendRT',
    'send some messages to a topic and say how long they took',
    '-t topic! -a amount -s size',
    form(
      'bench produce',
      { t: argument, a: part('--msgs AMOUNT'), s: part('--size SIZE') },
      { together: value => ['--msgs', value('a') ?? '100', '--size', value('s') ?? '128'] }
    )
  ),
  row(
    'clusterRT',
    'how long sends to each broker take, again and again',
    '-a amount -s size -c cluster -p print log -m machine room -i interval',
    form('cluster latency', { a: flag('count'), s: flag('size'), c: cluster }),
    {
      not: {
        p: no('the log form of mqadmin is not printed: --json is', 'false'),
        m: no('mq prints no machine rooms'),
        i: no('mq measures once: run it again, or use `watch`')
      }
    }
  )
]
