import { expect } from 'chai'
import { namesrvOptionRows } from '../../../src/namesrv/options.ts'
import { withNamesrv } from '../../support/namesrv.ts'

describe('GET_NAMESRV_CONFIG', () => {
  const at = withNamesrv()

  it('answers every option as a line of properties, in order', async () => {
    const answer = await at.client.ask(319, {})
    expect(answer.code).to.equal(0)
    const keys = String(answer.body)
      .trimEnd()
      .split('\n')
      .map(line => line.split('=')[0])
    expect(keys).to.deep.equal(namesrvOptionRows.map(row => row.key as string).sort())
    expect(String(answer.body)).to.contain('scanNotActiveBrokerInterval=5000\n')
  })
})
