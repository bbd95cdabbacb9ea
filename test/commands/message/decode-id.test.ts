import { expect } from 'chai'
import type { DecodedId } from '../../../src/admin/client-rows.ts'
import { fails, rows, topicOf } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'

describe('mq message decode-id', () => {
  it('tells ids of places from ids of senders', async () => {
    const topic = await topicOf(1)
    const [row] = (await rows('message', 'query', '--topic', topic, '-k', 'k0')).items
    const decode = (id: string) => json<DecodedId>('message', 'decode-id', id)
    const place = await decode(row!.offsetMessageId)
    expect(place).to.include({ kind: 'offset', storeHost: row!.storeHost, physicalOffset: row!.physicalOffset })
    const sender = await decode(row!.messageId)
    expect(sender).to.include({ kind: 'unique', senderPid: process.pid & 0xffff })
    expect(Math.abs(sender.madeMs! - row!.bornMs)).to.be.below(60_000)
    await fails(2, 'message', 'decode-id', 'xyz')
  })
})
