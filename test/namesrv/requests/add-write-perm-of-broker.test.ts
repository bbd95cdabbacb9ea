import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('ADD_WRITE_PERM_OF_BROKER', () => {
  const at = withNamesrv()

  it('sets each topic of the broker to read and write, and counts them', async () => {
    await at.client.ask(205, { brokerName: 'broker-a' })
    const answer = await at.client.ask(327, { brokerName: 'broker-a' })
    expect([answer.code, answer.fields.get('addTopicCount')]).to.deep.equal([0, '2'])
    const route = JSON.parse(String((await at.client.ask(105, { topic: 'TBW102' })).body))
    expect(route.queueDatas[0].perm).to.equal(6)
  })
})
