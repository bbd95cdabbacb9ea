import { expect } from 'chai'
import { headerForms } from '../../../../src/protocol/command.ts'
import { encodeFrame } from '../../../../src/protocol/frame.ts'
import { lockBatchMq } from '../../../../src/protocol/requests/lock-batch-mq.ts'
import { sendMessage } from '../../../../src/protocol/requests/send-message.ts'
import { updateAndCreateTopic } from '../../../../src/protocol/requests/update-and-create-topic.ts'
import { writeHeader } from '../../../../src/protocol/schema.ts'
import { javaHashCode } from '../../../../src/protocol/tags-code.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'
import { RawClient } from '../../../support/raw-client.ts'
import { propertiesOf, sendHeader, stored, uniqueKey } from '../../sent.ts'

const body = Buffer.from('hello')

describe('SEND_MESSAGE', () => {
  const broker = sharedBroker({ options: { maxMessageSize: 1_000_000 } })

  it('stores a message, adds what Apache adds, and answers where it is', async () => {
    const properties = `KEYS\u0001k1 k2\u0002UNIQ_KEY\u0001${uniqueKey}\u0002POP_CK\u0001x\u0002TAGS\u0001TagA\u0002`
    const answer = await broker().ask(sendMessage, sendHeader('Sent', { queueId: 1, flag: 7, properties }), body)
    expect(answer.code, answer.remark).to.equal(0)
    const [message] = await stored(broker(), 'Sent', 1)
    expect(message).to.include({ topic: 'Sent', queueId: 1, flag: 7, sysFlag: 0, queueOffset: 0, reconsumeTimes: 0 })
    expect(message).to.include({ bornTimestamp: 1_700_000_000_000, preparedTransactionOffset: 0 })
    expect(message!.body.toString()).to.equal('hello')
    expect(propertiesOf(message!)).to.deep.equal({
      KEYS: 'k1 k2',
      UNIQ_KEY: uniqueKey,
      TAGS: 'TagA',
      MSG_REGION: 'DefaultRegion',
      TRACE_ON: 'true',
      CLUSTER: 'DefaultCluster'
    })
    const place = message!.physicalOffset.toString(16).toUpperCase().padStart(16, '0')
    const port = broker().broker.address.port.toString(16).toUpperCase().padStart(8, '0')
    expect(Object.fromEntries(answer.fields)).to.deep.equal({
      msgId: `7F000001${port}${place}`,
      queueId: '1',
      queueOffset: '0',
      transactionId: uniqueKey,
      MSG_REGION: 'DefaultRegion',
      TRACE_ON: 'true'
    })
  })

  it('makes a unique key when the client made none, and picks a queue for -1', async () => {
    const answer = await broker().ask(sendMessage, sendHeader('Sent2', { queueId: -1, properties: '' }), body)
    // The tests' broker draws 0.5, and the topic was made with 4 queues.
    expect(answer.fields.get('queueId')).to.equal('2')
    const [message] = await stored(broker(), 'Sent2', 2)
    expect(propertiesOf(message!)['UNIQ_KEY'])
      .to.match(/^[0-9A-F]{32}$/)
      .and.to.equal(answer.fields.get('transactionId'))
  })

  it('refuses in Apache’s order: name, system topic, topic, queue', async () => {
    const code = async (more: Parameters<typeof sendHeader>[1], topic = 'Sent'): Promise<number> =>
      (await broker().ask(sendMessage, sendHeader(topic, more), body)).code
    expect(await code({}, 'bad topic')).to.equal(29)
    expect(await code({}, 'x'.repeat(128))).to.equal(29)
    expect(await code({}, ' ')).to.equal(29)
    for (const topic of ['SCHEDULE_TOPIC_XXXX', 'RMQ_SYS_TRANS_HALF_TOPIC', 'SELF_TEST_TOPIC', 'OFFSET_MOVED_EVENT']) {
      expect(await code({}, topic), topic).to.equal(16)
    }
    expect(await code({ defaultTopic: 'NoSuchTopic' }, 'Unmade')).to.equal(17)
    await broker().makeTopic('Narrow', 2)
    expect(await code({ queueId: 1 }, 'Narrow')).to.equal(0)
    expect(await code({ queueId: 2 }, 'Narrow')).to.equal(29)
  })

  it('refuses a topic that may not be written to', async () => {
    const topic = { topic: 'ReadOnly', defaultTopic: 'TBW102', readQueueNums: 1, writeQueueNums: 1, perm: 4 }
    await broker().ask(updateAndCreateTopic, { ...topic, topicFilterType: 'SINGLE_TAG', order: false })
    const answer = await broker().ask(sendMessage, sendHeader('ReadOnly'), body)
    expect(answer.code).to.equal(16)
    expect(answer.remark).to.contain('ReadOnly')
  })

  it('obeys the limits of body and properties exactly', async () => {
    const send = (bytes: number, properties = `UNIQ_KEY\u0001${uniqueKey}\u0002`): Promise<{ code: number }> =>
      broker().ask(sendMessage, sendHeader('Limits', { properties }), Buffer.alloc(bytes, 'x'))
    expect((await send(0)).code).to.equal(13)
    expect((await send(1_000_000)).code).to.equal(0)
    expect((await send(1_000_001)).code).to.equal(13)
    // What the broker adds counts too.
    const added = 'MSG_REGION\u0001DefaultRegion\u0002TRACE_ON\u0001true\u0002CLUSTER\u0001DefaultCluster\u0002'.length
    const rest = 32_767 - added - `UNIQ_KEY\u0001${uniqueKey}\u0002a\u0001\u0002`.length
    expect((await send(1, `UNIQ_KEY\u0001${uniqueKey}\u0002a\u0001${'v'.repeat(rest)}\u0002`)).code).to.equal(0)
    expect((await send(1, `UNIQ_KEY\u0001${uniqueKey}\u0002a\u0001${'v'.repeat(rest + 1)}\u0002`)).code).to.equal(13)
  })

  it('refuses transactions and timers rather than store them as ordinary messages', async () => {
    const send = (more: Parameters<typeof sendHeader>[1]) =>
      broker().ask(sendMessage, sendHeader('Refused', more), body)
    const property = (text: string) => ({ properties: `UNIQ_KEY\u0001${uniqueKey}\u0002${text}\u0002` })
    const prepared = await send(property('TRAN_MSG\u0001true\u0002PGROUP\u0001PG'))
    expect(prepared.code).to.equal(16)
    expect(prepared.remark).to.contain('transaction')
    expect((await send({ sysFlag: 4 })).code).to.equal(16)
    expect((await send({ sysFlag: 12 })).code).to.equal(16)
    for (const name of ['TIMER_DELAY_SEC', 'TIMER_DELAY_MS', 'TIMER_DELIVER_MS']) {
      const timer = await send(property(`${name}\u00015`))
      expect(timer.code, name).to.equal(1)
      expect(timer.remark).to.contain(name)
    }
    expect((await send(property('DELAY\u0001soon'))).code).to.equal(13)
    expect(broker().broker.stats().store.appendedMessages).to.be.greaterThan(0)
    expect((await broker().ask(sendMessage, sendHeader('Refused'), body)).fields.get('queueOffset')).to.equal('0')
  })

  it('puts a delayed message into its level, however high it asks', async () => {
    for (const [level, queueId] of [
      ['2', 1],
      ['99', 17]
    ] as const) {
      const properties = `UNIQ_KEY\u0001${uniqueKey}\u0002DELAY\u0001${level}\u0002TIMER_DELAY_SEC\u00013\u0002`
      const answer = await broker().ask(sendMessage, sendHeader('Later', { queueId: 3, properties }), body)
      expect(answer.code, answer.remark).to.equal(0)
      expect(answer.fields.get('queueId')).to.equal('3')
      const [message] = await stored(broker(), 'SCHEDULE_TOPIC_XXXX', queueId)
      expect(propertiesOf(message!)).to.include({ REAL_TOPIC: 'Later', REAL_QID: '3', DELAY: String(queueId + 1) })
      expect(propertiesOf(message!)).not.to.have.property('TIMER_DELAY_SEC')
    }
  })

  it('sends a retry past its last try to the dead letters', async () => {
    const retry = (reconsumeTimes: number, maxReconsumeTimes?: number) =>
      broker().ask(
        sendMessage,
        sendHeader('%RETRY%Tried', {
          reconsumeTimes,
          ...(maxReconsumeTimes === undefined ? {} : { maxReconsumeTimes })
        }),
        body
      )
    expect((await retry(16)).code).to.equal(0)
    expect((await retry(17)).code).to.equal(0)
    expect((await retry(3, 2)).code).to.equal(0)
    expect(await stored(broker(), '%RETRY%Tried')).to.have.length(1)
    const dead = await stored(broker(), '%DLQ%Tried')
    expect(dead.map(({ reconsumeTimes }) => reconsumeTimes)).to.deep.equal([17, 3])
    expect(propertiesOf(dead[0]!)).to.include({ DELAY: '-1' })
  })

  it('sends retries of a group that holds queue locks to the dead letters', async () => {
    const mq = { topic: 'Sent', brokerName: 'broker-a', queueId: 0 }
    const lock = { consumerGroup: 'Orderly', clientId: 'c1', onlyThisBroker: false, mqSet: [mq] }
    expect((await broker().ask(lockBatchMq, {}, Buffer.from(JSON.stringify(lock)))).code).to.equal(0)
    await broker().ask(sendMessage, sendHeader('%RETRY%Orderly'), body)
    expect(await stored(broker(), '%DLQ%Orderly')).to.have.length(1)
  })

  it('stores one-way messages and answers nothing, also on an error', async () => {
    const raw = await RawClient.connect(broker().broker.address.port)
    const frames: number[] = []
    raw.onFrame = frame => frames.push(frame.opaque)
    const frame = (topic: string, opaque: number, flag: number): Buffer =>
      encodeFrame({
        code: 10,
        language: 0,
        version: 513,
        opaque,
        flag,
        remark: undefined,
        fields: writeHeader(sendMessage.header, sendHeader(topic)),
        body,
        form: headerForms.json
      })
    raw.write(
      Buffer.concat([frame('OneWay', 1, 2), frame('bad topic', 2, 2), frame('OneWay', 3, 2), frame('OneWay', 4, 0)])
    )
    await eventually(() => frames.length > 0, 'the last one is answered')
    expect(frames).to.deep.equal([4])
    expect(await stored(broker(), 'OneWay')).to.have.length(3)
    raw.destroy()
  })

  it('keeps the order of one connection, whichever road a message takes', async () => {
    const raw = await RawClient.connect(broker().broker.address.port)
    await broker().send('Ordered', 'first')
    const frames = Array.from({ length: 200 }, (_, index) => {
      // A tag beyond ASCII takes the general road, all others the fast lane.
      const tag = index % 3 === 0 ? 'é' : 'e'
      const fields = writeHeader(
        sendMessage.header,
        sendHeader('Ordered', { properties: `UNIQ_KEY\u0001${uniqueKey}\u0002TAGS\u0001${tag}\u0002` })
      )
      const command = {
        code: 10,
        language: 0,
        version: 513,
        opaque: index + 1,
        flag: 0,
        remark: undefined,
        fields,
        form: headerForms.json
      }
      return encodeFrame({ ...command, body: Buffer.from(String(index)) })
    })
    const last = raw.answerTo(200)
    raw.write(Buffer.concat(frames))
    await last
    const bodies: string[] = []
    while (bodies.length < 200) {
      for (const message of await stored(broker(), 'Ordered', 0, bodies.length + 1))
        bodies.push(message.body.toString())
    }
    expect(bodies).to.deep.equal(Array.from({ length: 200 }, (_, index) => String(index)))
    raw.destroy()
  })

  it('stores what separators are in values verbatim, and injects no property', async () => {
    const properties = `UNIQ_KEY\u0001${uniqueKey}\u0002a\u0001x\u0001TAGS\u0001y\u0002\u0001b\u0002c\u0001\u0002d\u0001e`
    await broker().ask(sendMessage, sendHeader('Odd', { properties }), body)
    const [message] = await stored(broker(), 'Odd')
    expect(propertiesOf(message!)).to.include({ a: 'x\u0001TAGS\u0001y', d: 'e' }).and.not.to.have.any.keys('TAGS', 'c')
    expect(javaHashCode('TagA')).to.equal(2598919)
  })
})
