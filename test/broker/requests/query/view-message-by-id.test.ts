import { expect } from 'chai'
import { decodeMessage } from '../../../../src/protocol/message.ts'
import { parseOffsetMessageId } from '../../../../src/protocol/message-id.ts'
import { sendMessageV2 } from '../../../../src/protocol/requests/send-message-v2.ts'
import { viewMessageById } from '../../../../src/protocol/requests/view-message-by-id.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('VIEW_MESSAGE_BY_ID', () => {
  const broker = sharedBroker()

  it('answers the stored message that starts at the offset of the id', async () => {
    await broker().makeTopic('TView', 1)
    await broker().send('TView', 'before')
    const header = { a: 'PG', b: 'TView', c: 'TBW102', d: 4, e: 0, f: 0, g: 1, h: 0 }
    const sent = await broker().ask(sendMessageV2, header, Buffer.from('wanted'))
    const { physicalOffset } = parseOffsetMessageId(sent.fields.get('msgId')!)
    const answer = await broker().ask(viewMessageById, { topic: 'TView', offset: physicalOffset })
    expect(answer.code).to.equal(0)
    expect(decodeMessage(answer.body, 0).body.toString()).to.equal('wanted')
  })

  it('says so when no message starts there', async () => {
    for (const offset of [1, 1_000_000, -1]) {
      const answer = await broker().ask(viewMessageById, { offset })
      expect([answer.code, answer.remark]).to.deep.equal([1, `can not find message by the offset, ${offset}`])
    }
  })
})
