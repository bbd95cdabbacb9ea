import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('WIPE_WRITE_PERM_OF_BROKER', () => {
  const at = withNamesrv()

  it('takes the write bit from each topic of the broker, and counts them', async () => {
    const answer = await at.client.ask(205, { brokerName: 'broker-a' })
    expect([answer.code, answer.fields.get('wipeTopicCount')]).to.deep.equal([0, '2'])
    const perm = async (topic: string) =>
      JSON.parse(String((await at.client.ask(105, { topic })).body)).queueDatas[0].perm
    expect([await perm('T'), await perm('TBW102')]).to.deep.equal([4, 5])
    expect((await at.client.ask(205, { brokerName: 'none' })).fields.get('wipeTopicCount')).to.equal('0')
  })
})
