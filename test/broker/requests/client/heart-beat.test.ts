import { expect } from 'chai'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { topicConfigShape } from '../../../../src/protocol/bodies/topic-config.ts'
import { getConsumerListByGroup } from '../../../../src/protocol/requests/get-consumer-list-by-group.ts'
import { getTopicConfig } from '../../../../src/protocol/requests/get-topic-config.ts'
import { heartBeat } from '../../../../src/protocol/requests/heart-beat.ts'
import { notifyConsumerIdsChanged } from '../../../../src/protocol/requests/notify-consumer-ids-changed.ts'
import { unregisterClient } from '../../../../src/protocol/requests/unregister-client.ts'
import { type Route, route } from '../../../../src/remoting/router.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'

describe('HEART_BEAT', () => {
  const broker = sharedBroker()

  const idsOf = async (group: string): Promise<string> =>
    (await broker().ask(getConsumerListByGroup, { consumerGroup: group })).body.toString()

  /** Counts the groups that the broker says have changed. */
  const listener = () => {
    const heard: string[] = []
    const hear: Route = route(notifyConsumerIdsChanged, ({ consumerGroup }) => {
      heard.push(consumerGroup)
      return undefined
    })
    return { heard, client: broker().client([hear]) }
  }

  it('answers with the fields that Java clients look for', async () => {
    const answer = await broker().beat({ clientID: 'c@1', producers: ['P1'], consumers: [consumer('H1', ['T'])] })
    expect(answer.code).to.equal(0)
    expect(Object.fromEntries(answer.fields)).to.deep.equal({
      IS_SUPPORT_HEART_BEAT_V2: 'true',
      IS_SUB_CHANGE: 'true'
    })
    expect(await idsOf('H1')).to.equal('{"consumerIdList":["c@1"]}')
  })

  it('makes the retry topic of each group', async () => {
    await broker().beat({ clientID: 'c@2', consumers: [consumer('H2', ['T'])] })
    const answer = await broker().ask(getTopicConfig, { topic: '%RETRY%H2' })
    const { readQueueNums, writeQueueNums, perm } = readBody(topicConfigShape, answer.body)
    expect([readQueueNums, writeQueueNums, perm]).to.deep.equal([1, 1, 6])
  })

  it('tells all members of a group when one joins, and when one leaves', async () => {
    const one = listener()
    const two = listener()
    await one.client.beat({ clientID: 'n@1', consumers: [consumer('H3', ['T'])] })
    await eventually(() => one.heard.length === 1, 'the first member hears of itself')
    await two.client.beat({ clientID: 'n@2', consumers: [consumer('H3', ['T'])] })
    await eventually(() => one.heard.length === 2 && two.heard.length === 1, 'both hear of the second')
    await two.client.beat({ clientID: 'n@2', consumers: [consumer('H3', ['T'])] })
    await two.client.ask(unregisterClient, { clientID: 'n@2', consumerGroup: 'H3' })
    await eventually(() => one.heard.length === 3, 'the first hears that the second left')
    expect(two.heard, 'a heartbeat that changes nothing is not told').to.deep.equal(['H3'])
  })

  it('takes a client that is gone out of its groups, and tells the others', async () => {
    const one = listener()
    const two = broker().client()
    await one.client.beat({ clientID: 'g@1', consumers: [consumer('H4', ['T'])] })
    await two.beat({ clientID: 'g@2', consumers: [consumer('H4', ['T'])] })
    await eventually(() => one.heard.length === 2, 'the second has joined')
    await two.close()
    await eventually(() => one.heard.length === 3, 'the first hears that the second is gone')
    expect(await idsOf('H4')).to.equal('{"consumerIdList":["g@1"]}')
  })

  it('makes no ghost of a heartbeat that is handled after the connection closed', async () => {
    const one = broker().client()
    const peer = await one.remoting.peer(broker().address)
    const body = Buffer.from(
      JSON.stringify({
        clientID: 'ghost',
        producerDataSet: [{ groupName: 'GP' }],
        consumerDataSet: [{ groupName: 'H5', subscriptionDataSet: [{ topic: 'T', subString: '*' }] }]
      })
    )
    peer.oneWay(heartBeat, {}, body)
    await one.close()
    // The retry topic shows that the heartbeat was handled.
    await eventually(
      async () => (await broker().ask(getTopicConfig, { topic: '%RETRY%H5' })).code === 0,
      'the heartbeat is handled'
    )
    await eventually(() => {
      const { consumers, producers } = broker().broker.stats()
      return ![...consumers, ...producers].some(({ group }) => group === 'H5' || group === 'GP')
    }, 'nothing is left of the client')
  })

  it('tells no members of a broadcasting group', async () => {
    const one = listener()
    const two = broker().client()
    const data = consumer('H6', ['T'], { messageModel: 'BROADCASTING' })
    await one.client.beat({ clientID: 'b@1', consumers: [data] })
    await two.beat({ clientID: 'b@2', consumers: [data] })
    await one.client.beat({ clientID: 'b@1', consumers: [consumer('H7', ['T'])] })
    await eventually(() => one.heard.length > 0, 'a group that does not broadcast is told')
    expect(one.heard).to.deep.equal(['H7'])
  })

  it('keeps the subscriptions of heartbeats that leave them out, and asks for them when it has none', async () => {
    const full = { clientID: 'v@2', consumers: [consumer('H8', ['T8'])], heartbeatFingerprint: 7 }
    expect((await broker().beat(full)).fields.get('IS_SUB_CHANGE')).to.equal('false')
    const short = { ...full, consumers: [consumer('H8', [])], withoutSub: true }
    expect((await broker().beat(short)).fields.get('IS_SUB_CHANGE')).to.equal('false')
    const other = { ...short, heartbeatFingerprint: 8 }
    expect((await broker().beat(other)).fields.get('IS_SUB_CHANGE'), 'another fingerprint').to.equal('true')
    const unknown = { ...short, consumers: [consumer('H9', [])] }
    expect((await broker().beat(unknown)).fields.get('IS_SUB_CHANGE'), 'an unknown group').to.equal('true')
  })

  it('skips groups with bad names and refuses a body that is no heartbeat', async () => {
    const answer = await broker().beat({ clientID: 'c@9', consumers: [consumer('a b', ['T']), consumer('H10', ['T'])] })
    expect(answer.code).to.equal(0)
    expect(await idsOf('H10')).to.equal('{"consumerIdList":["c@9"]}')
    expect((await broker().ask(getConsumerListByGroup, { consumerGroup: 'a b' })).code).to.equal(1)
    expect((await broker().ask(heartBeat, {}, Buffer.from('[1]'))).code).to.equal(1)
    expect((await broker().beat({ clientID: 'x'.repeat(1025), producers: ['P'] })).code).to.equal(1)
  })
})
