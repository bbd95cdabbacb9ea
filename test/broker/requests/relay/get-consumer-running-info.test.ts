import { expect } from 'chai'
import { getConsumerRunningInfo } from '../../../../src/protocol/requests/get-consumer-running-info.ts'
import { route } from '../../../../src/remoting/router.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'
import { fastClock } from '../../../support/fast-clock.ts'
import { frameOf, jsonHeader, RawClient } from '../../../support/raw-client.ts'

describe('GET_CONSUMER_RUNNING_INFO', () => {
  const broker = sharedBroker({ clock: fastClock(50) })

  const ask = (clientId: string) =>
    broker().ask(getConsumerRunningInfo, { consumerGroup: 'GRun', clientId, jstackEnable: true })
  const join = (clientID: string, ...routes: ReturnType<typeof route>[]) =>
    broker()
      .client(routes)
      .beat({ clientID, consumers: [consumer('GRun', ['TRun'])] })

  it('passes the question on and the answer back as it is', async () => {
    const info = Buffer.from('{mqTable:{{"queueId":0}:{}},"jstack":"…"}')
    await join(
      'c1',
      route(getConsumerRunningInfo, header => {
        expect(header).to.deep.equal({ consumerGroup: 'GRun', clientId: 'c1', jstackEnable: true })
        return { remark: 'said by the client', body: info }
      })
    )
    const answer = await ask('c1')
    expect([answer.code, answer.remark]).to.deep.equal([0, 'said by the client'])
    expect(answer.body.equals(info)).to.equal(true)
  })

  it('passes a refusal back too', async () => {
    await join(
      'c2',
      route(getConsumerRunningInfo, () => ({ code: 1, remark: 'no such group in this consumer' }))
    )
    const answer = await ask('c2')
    expect([answer.code, answer.remark]).to.deep.equal([1, 'no such group in this consumer'])
  })

  it('answers 207 when the client does not answer in time', async () => {
    await join(
      'c3',
      route(getConsumerRunningInfo, () => new Promise<never>(() => {}))
    )
    const answer = await ask('c3')
    expect(answer.code).to.equal(207)
    expect(answer.remark).to.match(/^consumer <GRun> <c3> Timeout: /)
  })

  it('says that a client is not online', async () => {
    const answer = await ask('c9')
    expect([answer.code, answer.remark]).to.deep.equal([1, 'The Consumer <GRun> <c9> not online'])
  })

  it('does not ask a client that is too old to know the request', async () => {
    const old = await RawClient.connect(broker().broker.address.port)
    const beat = { clientID: 'c5', consumerDataSet: [{ groupName: 'GRun', consumeType: 'CONSUME_PASSIVELY' }] }
    const header = jsonHeader(34, {}, { opaque: 1, version: 61 })
    const answered = old.answerTo(1)
    old.write(frameOf(header, Buffer.from(JSON.stringify(beat))))
    expect((await answered).code).to.equal(0)
    const answer = await ask('c5')
    expect([answer.code, answer.remark]).to.deep.equal([
      1,
      'The Consumer <c5> Version <V3> too low to finish, please upgrade it to V3_1_8_SNAPSHOT'
    ])
    old.destroy()
  })

  it('answers when the client goes away in the middle', async () => {
    const client = broker().client([
      route(getConsumerRunningInfo, () => {
        void client.close()
        return undefined
      })
    ])
    await client.beat({ clientID: 'c4', consumers: [consumer('GRun', ['TRun'])] })
    const answer = await ask('c4')
    expect(answer.code).to.equal(1)
    expect(answer.remark).to.match(/^invoke consumer <GRun> <c4> Exception: /)
  })
})
