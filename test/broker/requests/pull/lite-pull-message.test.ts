import { expect } from 'chai'
import { decodeMessages } from '../../../../src/protocol/message.ts'
import { litePullMessage } from '../../../../src/protocol/requests/lite-pull-message.ts'
import { updateBrokerConfig } from '../../../../src/protocol/requests/update-broker-config.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { pullHeader } from '../../sent.ts'

describe('LITE_PULL_MESSAGE', () => {
  const broker = sharedBroker()
  const pull = () =>
    broker().ask(litePullMessage, { ...pullHeader('Lite', { sysFlag: 22 }), maxMsgBytes: 2_147_483_647 })

  it('reads as PULL_MESSAGE does', async () => {
    await broker().send('Lite', 'hello')
    const answer = await pull()
    expect([answer.code, answer.remark]).to.deep.equal([0, 'FOUND'])
    expect(decodeMessages(answer.body)[0]!.body.toString()).to.equal('hello')
  })

  it('can be switched off while the broker runs', async () => {
    const config = await broker().ask(updateBrokerConfig, {}, Buffer.from('litePullMessageEnable=false'))
    expect(config.code, config.remark).to.equal(0)
    const answer = await pull()
    expect([answer.code, answer.fields.get('forbiddenType')]).to.deep.equal([16, '1'])
    expect(answer.remark).to.contain('litePullMessageEnable')
  })
})
