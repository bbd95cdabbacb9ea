import { expect } from 'chai'
import { checkClientConfig } from '../../../../src/protocol/requests/check-client-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('CHECK_CLIENT_CONFIG', () => {
  const broker = sharedBroker()

  const check = (expressionType: string | undefined) =>
    broker().ask(
      checkClientConfig,
      {},
      Buffer.from(JSON.stringify({ clientId: 'c', group: 'G', subscriptionData: { topic: 'T', expressionType } }))
    )

  it('allows subscriptions by tag', async () => {
    expect((await check('TAG')).code).to.equal(0)
    expect((await check(undefined)).code).to.equal(0)
    expect((await broker().ask(checkClientConfig, {})).code).to.equal(0)
  })

  it('refuses SQL92 as a broker without property filters does', async () => {
    const answer = await check('SQL92')
    expect(answer.code).to.equal(1)
    expect(answer.remark).to.equal('The broker does not support consumer to filter message by SQL92')
  })
})
