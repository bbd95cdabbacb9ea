import { expect } from 'chai'
import type { ClientRow } from '../../../src/admin/client-rows.ts'
import { groupAt, topicOf, whileOnline } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'

describe('mq client list', () => {
  it('lists consumers and producers, and filters them', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    await whileOnline(group, topic, async clientId => {
      const list = async (...flags: string[]): Promise<string[]> =>
        (await json<{ items: ClientRow[] }>('client', 'list', ...flags)).items.map(row => `${row.kind} ${row.clientId}`)
      expect(await list('--group', group)).to.deep.equal([`consumer ${clientId}`])
      expect(await list('--kind', 'consumer', '--topic', topic)).to.deep.equal([`consumer ${clientId}`])
      expect(await list('--kind', 'producer', '--group', group)).to.deep.equal([])
      expect(await list('--group', group, '--broker', 'broker-z')).to.deep.equal([])
    })
  })
})
