import { expect } from 'chai'
import type { Command } from '../../../../src/protocol/command.ts'
import { decodeMessage } from '../../../../src/protocol/message.ts'
import { queryMessage } from '../../../../src/protocol/requests/query-message.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('QUERY_MESSAGE', () => {
  const broker = sharedBroker()

  const query = (key: string, more: Partial<Parameters<typeof header>[1]> = {}): Promise<Command> =>
    broker().ask(queryMessage, header(key, more))
  const header = (
    key: string,
    more: { maxNum?: number; indexType?: string; lastKey?: string; _UNIQUE_KEY_QUERY?: boolean; topic?: string }
  ) => ({ topic: 'TKeys', key, maxNum: 32, beginTimestamp: 0, endTimestamp: 2 ** 63, ...more })
  const bodies = ({ body }: Command): string[] => {
    const found: string[] = []
    for (let at = 0; at < body.length; at += body.readInt32BE(at)) found.push(decodeMessage(body, at).body.toString())
    return found
  }

  before(async () => {
    await broker().makeTopic('TKeys', 2)
    for (let n = 0; n < 5; n++) {
      const properties = { KEYS: `order-${n} all`, UNIQ_KEY: `U${n}`, TAGS: n % 2 === 0 ? 'even' : 'odd' }
      await broker().send('TKeys', `m${n}`, { queueId: n % 2, properties })
    }
  })

  it('finds messages by any of their keys, oldest first', async () => {
    expect(bodies(await query('order-3'))).to.deep.equal(['m3'])
    expect(bodies(await query('all'))).to.deep.equal(['m0', 'm1', 'm2', 'm3', 'm4'])
  })

  it('finds messages by unique key, whatever kind is asked for beside it', async () => {
    expect(bodies(await query('U2', { _UNIQUE_KEY_QUERY: true, indexType: 'K' }))).to.deep.equal(['m2'])
    expect(bodies(await query('U2', { indexType: 'U' }))).to.deep.equal(['m2'])
  })

  it('finds messages by tag', async () => {
    expect(bodies(await query('odd', { indexType: 'T' }))).to.deep.equal(['m1', 'm3'])
  })

  it('answers the newest of many, and goes on below the last key', async () => {
    const first = await query('all', { maxNum: 2 })
    expect(bodies(first)).to.deep.equal(['m3', 'm4'])
    const { physicalOffset } = decodeMessage(first.body, 0)
    const lastKey = `1700000000000@TKeys@K@all@U3@${physicalOffset}`
    expect(bodies(await query('all', { maxNum: 2, lastKey }))).to.deep.equal(['m1', 'm2'])
  })

  it('says where the index ends', async () => {
    const { fields } = await query('all')
    expect(Number(fields.get('indexLastUpdatePhyoffset'))).to.be.greaterThan(0)
    expect(Number(fields.get('indexLastUpdateTimestamp'))).to.be.greaterThan(1_700_000_000_000)
  })

  it('answers 22 when nothing is found', async () => {
    for (const answer of [await query('none'), await query('all', { topic: 'TOther' })]) {
      expect(answer.code).to.equal(22)
      expect(answer.remark).to.equal('can not find message, maybe time range not correct')
      expect(answer.fields.has('indexLastUpdateTimestamp')).to.equal(true)
    }
  })
})
