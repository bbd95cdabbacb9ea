import { expect } from 'chai'
import { brokerFields, withNamesrv } from '../../support/namesrv.ts'

describe('QUERY_DATA_VERSION', () => {
  const at = withNamesrv()
  const { haServerAddr: _, ...key } = brokerFields
  const version = (counter: number): Buffer =>
    Buffer.from(`{"counter":${counter},"stateVersion":0,"timestamp":1700000000000}`)

  it('tells whether the version is another one than is known, and which is known', async () => {
    const same = await at.broker.ask(322, key, version(1))
    expect([same.code, same.fields.get('changed'), String(same.body)]).to.deep.equal([0, 'false', String(version(1))])
    const other = await at.broker.ask(322, key, version(2))
    expect([other.fields.get('changed'), String(other.body)]).to.deep.equal(['true', String(version(1))])
  })

  it('of a broker that is not known: changed', async () => {
    const answer = await at.broker.ask(322, { ...key, brokerAddr: '192.0.2.99:1' }, version(1))
    expect([answer.code, answer.fields.get('changed'), answer.body.length]).to.deep.equal([0, 'true', 0])
  })
})
