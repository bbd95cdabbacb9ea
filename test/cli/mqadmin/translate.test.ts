/** What lines of mqadmin become, and which are refused. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readArguments } from '../../../src/cli/mqadmin/arguments.ts'
import { lookUp } from '../../../src/cli/mqadmin/look-up.ts'
import { mqadminRow } from '../../../src/cli/mqadmin/table.ts'
import { shellLine, translate } from '../../../src/cli/mqadmin/translate.ts'
import type { MqError } from '../../../src/kit/errors.ts'
import { tempDir } from '../../support/temp-dir.ts'

const mqFlags = new Map([
  ['json', false],
  ['output', true],
  ['api', true]
])
const around = lookUp(async () => [
  { cluster: 'c', brokerName: 'broker-b', brokerId: 0, address: '10.0.0.2:10911', version: '' },
  { cluster: 'c', brokerName: 'broker-a', brokerId: 0, address: '10.0.0.1:10911', version: '' },
  { cluster: 'c', brokerName: 'broker-a', brokerId: 1, address: '10.0.0.9:10911', version: '' }
])

const lines = async (text: string | readonly string[]): Promise<string> => {
  const [name, ...words] = typeof text === 'string' ? text.split(' ') : text
  const row = mqadminRow(name!)!
  return (await translate(row, readArguments(row, words, mqFlags), around)).map(shellLine).join('\n')
}

const refused = async (text: string): Promise<string> => {
  try {
    return `became ${await lines(text)}`
  } catch (error) {
    const { code, message } = error as MqError
    return `${code}: ${message}`
  }
}

describe('lines of mqadmin', () => {
  it('become lines of mq', async () => {
    expect(await lines('updateTopic -n ns:9876 -c c -t orders -r 4 -w 8 -p 4 -o true')).to.equal(
      'mq topic create orders --or-update --cluster c --read-queues 4 --write-queues 8 --perm R --order --namesrv ns:9876'
    )
    expect(await lines('cloneGroupOffset -s a -d b -t t -o true')).to.equal('mq group clone-offset a b --yes --topic t')
    expect(await lines('resetOffsetByTime -g g -t t -s 1700000000000')).to.equal(
      'mq group reset-offset g --execute --yes --topic t --to @2023-11-14T22:13:20.000Z'
    )
    expect(await lines('resetOffsetByTime -g g -t t -s now')).to.contain('--to @-0s')
    expect(await lines('resetOffsetByTime -g g -t t -s -1')).to.contain('--to end')
    expect(await lines('resetOffsetByTime -g g -t t -s 0 -b 10.0.0.2:10911 -q 3 -o 7')).to.equal(
      'mq group reset-offset g --execute --yes --topic t --broker broker-b --queue 3 --to 7'
    )
    expect(await lines('queryMsgByOffset -t t -b broker-a -i 1 -o 2')).to.equal(
      'mq message query --topic t --offset broker-a/1/2'
    )
    expect(await lines('consumeMessage -t t -b broker-a -i 0 -o 5 -c 2')).to.equal(
      'mq consume t --exit-at-end --broker broker-a --queue 0 --offset 5 --num 2'
    )
  })

  it('are read as the parser of mqadmin reads them', async () => {
    const expected = await lines('topicRoute -t orders')
    for (const other of [
      'topicroute -t orders',
      'topicRoute -torders',
      'topicRoute -t=orders',
      'topicRoute --topic orders',
      'topicRoute --topic=orders',
      'topicRoute -topic orders'
    ]) {
      expect(await lines(other), other).to.equal(expected)
    }
  })

  it('keep long flags of mq and quote what a shell would split', async () => {
    expect(await lines('topicList --json --output yaml --api http://x')).to.equal(
      'mq topic list --json --output yaml --api http://x'
    )
    expect(await lines(['sendMessage', '-t', 't', '-p', "it's me"])).to.equal("mq produce t 'it'\\''s me'")
    expect(await lines(['sendMessage', '-t', 't', '-p', '-5', '-k', '-1'])).to.equal('mq produce --key=-1 -- t -5')
  })

  it('are several where one of mq is about one broker, or one topic', async () => {
    expect(await lines('getBrokerConfig -c c')).to.equal(
      'mq broker config list --broker broker-a\nmq broker config list --broker broker-b'
    )
    const dir = tempDir()
    const path = join(dir.path, 'topics.json')
    writeFileSync(
      path,
      JSON.stringify([
        { topicName: 'a', readQueueNums: 1, perm: 6, attributes: { '+message.type': 'FIFO' } },
        { topicName: 'b' }
      ])
    )
    expect(await lines(`updateTopicList -c c -f ${path}`)).to.equal(
      [
        'mq topic create a --read-queues 1 --perm RW --attr message.type=FIFO --or-update --cluster c',
        'mq topic create b --or-update --cluster c'
      ].join('\n')
    )
    writeFileSync(path, '{}')
    expect(await refused(`updateTopicList -c c -f ${path}`)).to.match(/^MQ_USAGE: .*holds no list/)
    writeFileSync(path, '[{"perm":6}]')
    expect(await refused(`updateTopicList -c c -f ${path}`)).to.match(/^MQ_USAGE: .*topicName/)
    dir.remove()
    expect(await refused(`updateTopicList -c c -f ${path}`)).to.match(/^MQ_USAGE: .*cannot be read/)
  })

  it('are refused with the reason when mq has no counterpart', async () => {
    expect(await refused('updateTopic -c c -t t -u true')).to.equal(
      'MQ_USAGE: updateTopic -u (unit) has no counterpart in mq: mq has no units'
    )
    expect(await refused('updateTopic -c c -t t -u false'), 'what asks for nothing').to.match(/^became/)
    expect(await refused('updateTopic -c c -t t -o maybe')).to.match(/^MQ_USAGE: -o \(order\) is true or false/)
    expect(await refused('updateTopic -c c -t t -p 7')).to.match(/^MQ_USAGE: -p 7 is no permission/)
    expect(await refused('createUser -c c -u u -p p')).to.match(/^MQ_NOT_SUPPORTED: mq has no counterpart/)
    expect(await refused('brokerStatus -b 10.0.0.7:1')).to.equal('MQ_NOT_FOUND: no broker is registered at 10.0.0.7:1')
    expect(await refused('getBrokerConfig -c other')).to.equal('MQ_NOT_FOUND: there is no cluster other')
  })

  it('are refused when mqadmin would not take them', async () => {
    expect(await refused('updateTopic -c c')).to.equal('MQ_USAGE: updateTopic needs -t (topic)')
    expect(await refused('updateTopic -t t')).to.equal(
      'MQ_USAGE: updateTopic needs -b (brokerAddr) or -c (clusterName)'
    )
    expect(await refused('updateTopic -t t -c c -b b')).to.match(/^MQ_USAGE: updateTopic needs only one of/)
    expect(await refused('topicRoute -t')).to.equal('MQ_USAGE: -t needs a value')
    expect(await refused('topicRoute -t t -x 1')).to.equal('MQ_USAGE: topicRoute has no option -x')
    expect(await refused('topicRoute t')).to.equal('MQ_USAGE: topicRoute takes options only, and t is none')
    expect(await refused('updateOrderConf -t t -m drop')).to.equal(
      'MQ_USAGE: updateOrderConf needs -m get or -m put or -m delete'
    )
    expect(await refused('exportMetadata -c c')).to.equal('MQ_USAGE: exportMetadata needs -t or -g')
    expect(await refused('deleteSubGroup -g g'), 'never on more brokers than mqadmin').to.match(/^MQ_USAGE/)
  })
})
