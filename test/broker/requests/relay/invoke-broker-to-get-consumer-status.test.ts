import { expect } from 'chai'
import { getConsumerStatusFromClient } from '../../../../src/protocol/requests/get-consumer-status-from-client.ts'
import { invokeBrokerToGetConsumerStatus } from '../../../../src/protocol/requests/invoke-broker-to-get-consumer-status.ts'
import { route } from '../../../../src/remoting/router.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'
import { fastClock } from '../../../support/fast-clock.ts'

describe('INVOKE_BROKER_TO_GET_CONSUMER_STATUS', () => {
  const broker = sharedBroker({ clock: fastClock(50) })

  const ask = (clientAddr?: string) =>
    broker().ask(invokeBrokerToGetConsumerStatus, {
      topic: 'TSt',
      group: 'GSt',
      ...(clientAddr === undefined ? {} : { clientAddr })
    })
  const table = (offset: number) => `{{"brokerName":"broker-a","queueId":0,"topic":"TSt"}:${offset}}`
  const join = (clientID: string, ...routes: ReturnType<typeof route>[]) =>
    broker()
      .client(routes)
      .beat({ clientID, consumers: [consumer('GSt', ['TSt'])] })
  const says = (offset: number) =>
    route(getConsumerStatusFromClient, ({ topic, group }) => {
      expect([topic, group]).to.deep.equal(['TSt', 'GSt'])
      return { body: Buffer.from(`{"messageQueueTable":${table(offset)}}`) }
    })

  it('answers 206 when no consumer is online', async () => {
    const answer = await ask()
    expect([answer.code, answer.remark]).to.deep.equal([206, 'no consumer of the group GSt is online'])
  })

  it('gathers the offsets of every member, or of one', async () => {
    await join('c1', says(7))
    await join('c2', says(9))
    expect((await ask()).body.toString()).to.equal(
      `{"consumerTable":{"c1":${table(7)},"c2":${table(9)}},"messageQueueTable":{}}`
    )
    expect((await ask('c2')).body.toString()).to.equal(`{"consumerTable":{"c2":${table(9)}},"messageQueueTable":{}}`)
    expect((await ask('c9')).body.toString()).to.equal('{"consumerTable":{},"messageQueueTable":{}}')
  })

  it('leaves out members that do not answer, or not well', async () => {
    await join(
      'c3',
      route(getConsumerStatusFromClient, () => new Promise<never>(() => {}))
    )
    await join(
      'c4',
      route(getConsumerStatusFromClient, () => ({ body: Buffer.from('{"messageQueueTable":[') }))
    )
    const text = (await ask()).body.toString()
    expect(text).to.include('"c1":').and.to.include('"c2":')
    expect(text).to.not.include('c3')
    expect(text).to.not.include('c4')
  })
})
