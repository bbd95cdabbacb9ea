import { expect } from 'chai'
import { decodeMessage } from '../../../../src/protocol/message.ts'
import { offsetMessageId } from '../../../../src/protocol/message-id.ts'
import { consumeMessageDirectly } from '../../../../src/protocol/requests/consume-message-directly.ts'
import { queryMessage } from '../../../../src/protocol/requests/query-message.ts'
import { route } from '../../../../src/remoting/router.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('CONSUME_MESSAGE_DIRECTLY', () => {
  const broker = sharedBroker()
  let msgId = ''

  const ask = (more: { clientId?: string; msgId?: string }) =>
    broker().ask(consumeMessageDirectly, { consumerGroup: 'GDir', topic: 'TDir', ...more })

  before(async () => {
    await broker().makeTopic('TDir', 1)
    await broker().send('TDir', 'before')
    await broker().send('TDir', 'consume me', { properties: { KEYS: 'k1' } })
    const times = { beginTimestamp: 0, endTimestamp: Date.now() + 60_000 }
    const found = await broker().ask(queryMessage, { topic: 'TDir', key: 'k1', maxNum: 1, ...times })
    const { storeHost, physicalOffset } = decodeMessage(found.body)
    msgId = offsetMessageId(storeHost, physicalOffset)
  })

  it('sends the stored message to the client and its result back', async () => {
    const result = Buffer.from('{"consumeResult":"CR_SUCCESS","order":false}')
    await broker()
      .client([
        route(consumeMessageDirectly, (header, { body }) => {
          expect(header).to.deep.equal({
            consumerGroup: 'GDir',
            topic: 'TDir',
            clientId: 'c1',
            msgId,
            brokerName: 'broker-a',
            topicSysFlag: 0,
            groupSysFlag: 0
          })
          const { body: text, queueOffset } = decodeMessage(body)
          expect([text.toString(), queueOffset]).to.deep.equal(['consume me', 1])
          return { body: result }
        })
      ])
      .beat({ clientID: 'c1', consumers: [consumer('GDir', ['TDir'])] })
    const answer = await ask({ clientId: 'c1', msgId })
    expect([answer.code, answer.remark]).to.deep.equal([0, undefined])
    expect(answer.body.equals(result)).to.equal(true)
  })

  it('refuses a client that is not online', async () => {
    const answer = await ask({ clientId: 'c9', msgId })
    expect([answer.code, answer.remark]).to.deep.equal([1, 'The Consumer <GDir> <c9> not online'])
  })

  it('refuses ids that name no message of this broker', async () => {
    const elsewhere = offsetMessageId(Buffer.from([127, 0, 0, 1, 0, 0, 0x2a, 0x9f]), 1_000_000)
    const answer = await ask({ clientId: 'c1', msgId: elsewhere })
    expect([answer.code, answer.remark]).to.deep.equal([
      1,
      `this broker has no message ${elsewhere}: is it an offset id?`
    ])
    expect((await ask({ clientId: 'c1', msgId: 'nonsense' })).code).to.equal(13)
    expect((await ask({ clientId: 'c1' })).code).to.equal(29)
    expect((await ask({ msgId })).code).to.equal(29)
  })
})
