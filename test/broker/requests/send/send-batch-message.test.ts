import { expect } from 'chai'
import { type BatchEntry, encodeBatch } from '../../../../src/protocol/message-batch.ts'
import { parseOffsetMessageId } from '../../../../src/protocol/message-id.ts'
import { sendBatchMessage } from '../../../../src/protocol/requests/send-batch-message.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { propertiesOf, stored, uniqueKey } from '../../sent.ts'

const header = (topic: string, more: { m?: boolean; f?: number } = {}) => ({
  a: 'PG',
  b: topic,
  c: 'TBW102',
  d: 4,
  e: 2,
  f: 0,
  g: 1_700_000_000_000,
  h: 0,
  i: `UNIQ_KEY\u0001${uniqueKey}\u0002WAIT\u0001true\u0002`,
  m: true,
  ...more
})

const entry = (body: string, properties = `UNIQ_KEY\u0001k-${body}\u0002TAGS\u0001TagA\u0002`): BatchEntry => ({
  flag: 3,
  body: Buffer.from(body),
  properties: Buffer.from(properties)
})

describe('SEND_BATCH_MESSAGE', () => {
  const broker = sharedBroker()
  const send = (topic: string, entries: BatchEntry[], more = {}) =>
    broker().ask(sendBatchMessage, header(topic, more), encodeBatch(entries))

  it('stores each message with its own properties and nothing added', async () => {
    await broker().send('Batch', 'before', { queueId: 2 })
    const answer = await send('Batch', [entry('b0'), entry('b1'), entry('b2')])
    expect(answer.code, answer.remark).to.equal(0)
    expect(Object.fromEntries(answer.fields)).to.include({ queueId: '2', queueOffset: '1', transactionId: uniqueKey })
    const messages = await stored(broker(), 'Batch', 2, 1)
    expect(messages.map(({ body }) => body.toString())).to.deep.equal(['b0', 'b1', 'b2'])
    expect(messages.map(({ queueOffset }) => queueOffset)).to.deep.equal([1, 2, 3])
    expect(messages.map(({ flag }) => flag)).to.deep.equal([3, 3, 3])
    expect(propertiesOf(messages[0]!)).to.deep.equal({ UNIQ_KEY: 'k-b0', TAGS: 'TagA' })
    const ids = answer.fields.get('msgId')!.split(',')
    expect(ids.map(id => parseOffsetMessageId(id).physicalOffset)).to.deep.equal(
      messages.map(({ physicalOffset }) => physicalOffset)
    )
  })

  it('stores nothing of a batch that it refuses', async () => {
    const refused = async (entries: BatchEntry[], more = {}): Promise<number> =>
      (await send('Whole', entries, more)).code
    expect(await refused([entry('a'), entry('b', 'DELAY\u00013\u0002')])).to.equal(13)
    expect(await refused([entry('a'), entry('b', 'TRAN_MSG\u0001true\u0002')])).to.equal(16)
    expect(await refused([entry('a'), entry('b', 'TIMER_DELAY_SEC\u00013\u0002')])).to.equal(1)
    expect(await refused([entry('a'), entry('')])).to.equal(13)
    expect(await refused([entry('a')], { f: 4 })).to.equal(16)
    const cut = encodeBatch([entry('a'), entry('b')]).subarray(0, -1)
    expect((await broker().ask(sendBatchMessage, header('Whole'), cut)).code).to.equal(13)
    expect((await send('Whole', [entry('ok')])).fields.get('queueOffset')).to.equal('0')
  })

  it('refuses retry topics', async () => {
    const answer = await send('%RETRY%G', [entry('a')])
    expect(answer.code).to.equal(13)
    expect(answer.remark).to.contain('%RETRY%G')
  })

  it('is a single message without m', async () => {
    const answer = await broker().ask(sendBatchMessage, header('Single', { m: false }), Buffer.from('alone'))
    expect(answer.code, answer.remark).to.equal(0)
    expect((await stored(broker(), 'Single', 2))[0]!.body.toString()).to.equal('alone')
  })
})
