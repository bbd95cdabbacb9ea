import { deflateSync } from 'node:zlib'
import { expect } from 'chai'
import { receivedMessages } from '../../src/client/received-message.ts'
import { encodeHost } from '../../src/protocol/host-bytes.ts'
import { encodeMessage } from '../../src/protocol/message.ts'
import { messageFlags } from '../../src/protocol/system-flags.ts'

const host = encodeHost('10.0.0.1', 10911)
const stored = (body: Buffer, sysFlag: number, properties = ''): Buffer =>
  encodeMessage(
    {
      topic: 'orders',
      queueId: 3,
      flag: 0,
      sysFlag,
      bornTimestamp: 1,
      bornHost: encodeHost('10.0.0.2', 5000),
      reconsumeTimes: 0,
      preparedTransactionOffset: 0,
      body,
      properties: Buffer.from(properties)
    },
    7,
    99,
    2,
    host
  )

describe('received messages', () => {
  it('are decoded one after the other, with the sender’s id or that of the place', async () => {
    const named = 'UNIQ_KEY\u0001ABC\u0002KEYS\u0001k1\u0002'
    const bytes = Buffer.concat([stored(Buffer.from('one'), 0, named), stored(Buffer.from('two'), 0)])
    const [one, two] = await receivedMessages(bytes, 'broker-a')
    expect(one).to.include({ messageId: 'ABC', brokerName: 'broker-a', queueId: 3, queueOffset: 7, physicalOffset: 99 })
    expect(one).to.include({ bornHost: '10.0.0.2:5000', storeHost: '10.0.0.1:10911' })
    expect(two!.messageId).to.equal('0A00000100002A9F0000000000000063').and.to.equal(two!.offsetMessageId)
  })

  it('have the body that the sender wrote, unless it only claims to be compressed', async () => {
    const text = Buffer.from('x'.repeat(10_000))
    const [old, current, broken] = await receivedMessages(
      Buffer.concat([
        stored(deflateSync(text), messageFlags.COMPRESSED),
        stored(deflateSync(text), messageFlags.COMPRESSED | 0x300),
        stored(Buffer.from('no zlib'), messageFlags.COMPRESSED)
      ]),
      'broker-a'
    )
    expect(old!.body.equals(text)).to.equal(true)
    expect(current!.body.equals(text)).to.equal(true)
    expect(broken!.body.toString()).to.equal('no zlib')
  })
})
