import { expect } from 'chai'
import { brokerOptionRows } from '../../../../src/broker/options.ts'
import { parseProperties } from '../../../../src/kit/properties.ts'
import { getBrokerConfig } from '../../../../src/protocol/requests/get-broker-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_BROKER_CONFIG', () => {
  const broker = sharedBroker({ options: { fileReservedTime: 12, brokerName: 'b-1' } })

  it('answers every option, sorted by key, as properties text', async () => {
    const answer = await broker().ask(getBrokerConfig, {})
    const properties = parseProperties(answer.body.toString())
    const keys = properties.map(({ key }) => key)
    expect(keys).to.deep.equal(brokerOptionRows.map(row => row.key).sort())
    const value = (name: string) => properties.find(({ key }) => key === name)?.value
    expect(value('fileReservedTime')).to.equal('12')
    expect(value('brokerName')).to.equal('b-1')
    expect(value('messageDelayLevel')).to.match(/^1s 5s .* 2h$/)
    expect(JSON.parse(answer.fields.get('version')!)).to.have.keys('counter', 'stateVersion', 'timestamp')
  })
})
