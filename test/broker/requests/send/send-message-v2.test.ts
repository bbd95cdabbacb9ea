import { expect } from 'chai'
import { sendMessageV2 } from '../../../../src/protocol/requests/send-message-v2.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { propertiesOf, stored, uniqueKey } from '../../sent.ts'

const header = (topic: string) => ({
  a: 'PG',
  b: topic,
  c: 'TBW102',
  d: 4,
  e: 1,
  f: 1,
  g: 1_700_000_000_000,
  h: 5,
  i: `UNIQ_KEY\u0001${uniqueKey}\u0002`,
  j: 2,
  k: false,
  l: 9,
  m: false,
  n: 'broker-a'
})

describe('SEND_MESSAGE_V2', () => {
  const broker = sharedBroker()

  it('reads the letters as SEND_MESSAGE reads the names', async () => {
    // The first send makes the topic on the general road, the second takes the fast lane.
    for (const queueOffset of ['0', '1']) {
      const answer = await broker().ask(sendMessageV2, header('Letters'), Buffer.from('hello'))
      expect(answer.code, answer.remark).to.equal(0)
      expect(Object.fromEntries(answer.fields)).to.include({ queueId: '1', queueOffset, transactionId: uniqueKey })
    }
    const messages = await stored(broker(), 'Letters', 1)
    for (const message of messages) {
      expect(message).to.include({
        queueId: 1,
        sysFlag: 1,
        bornTimestamp: 1_700_000_000_000,
        flag: 5,
        reconsumeTimes: 2
      })
      expect(propertiesOf(message)).to.include({ CLUSTER: 'DefaultCluster', UNIQ_KEY: uniqueKey })
    }
    expect(messages.map(({ properties }) => properties.toString())).to.deep.equal([
      messages[0]!.properties.toString(),
      messages[0]!.properties.toString()
    ])
  })

  it('answers 29 for a queue that the topic does not have, on either road', async () => {
    expect((await broker().ask(sendMessageV2, { ...header('Letters'), e: 4 }, Buffer.from('x'))).code).to.equal(29)
  })

  it('takes a batch when m says so', async () => {
    const answer = await broker().ask(sendMessageV2, { ...header('Letters'), m: true }, Buffer.from('no batch'))
    expect(answer.code).to.equal(13)
  })
})
