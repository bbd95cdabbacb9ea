import { expect } from 'chai'
import { groupConfigWrapperShape } from '../../../../src/protocol/bodies/group-config-wrapper.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { deleteSubscriptiongroup } from '../../../../src/protocol/requests/delete-subscriptiongroup.ts'
import { deleteTopicInBroker } from '../../../../src/protocol/requests/delete-topic-in-broker.ts'
import { getAllSubscriptiongroupConfig } from '../../../../src/protocol/requests/get-all-subscriptiongroup-config.ts'
import { pullMessage } from '../../../../src/protocol/requests/pull-message.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateAndGetGroupForbidden } from '../../../../src/protocol/requests/update-and-get-group-forbidden.ts'
import { consumer, openTestBroker, type TestBroker } from '../../../support/broker.ts'

describe('UPDATE_AND_GET_GROUP_FORBIDDEN', () => {
  let broker: TestBroker

  const ask = (readable?: boolean, more: { group?: string; topic?: string } = {}) =>
    broker.ask(updateAndGetGroupForbidden, {
      group: 'GF',
      topic: 'TF',
      ...more,
      ...(readable === undefined ? {} : { readable })
    })
  const pull = (consumerGroup: string, topic: string, sysFlag: number) =>
    broker.ask(pullMessage, {
      consumerGroup,
      topic,
      queueId: 0,
      queueOffset: 0,
      maxMsgNums: 1,
      sysFlag,
      commitOffset: 0,
      suspendTimeoutMillis: 0,
      subVersion: 0,
      subscription: '*'
    })
  const makeGroup = (groupName: string) =>
    broker.ask(updateAndCreateSubscriptiongroup, {}, Buffer.from(JSON.stringify({ groupName })))
  const table = async () => {
    const { body } = await broker.ask(getAllSubscriptiongroupConfig, {})
    const { forbiddenTable, dataVersion } = readBody(groupConfigWrapperShape, body)
    return { counter: dataVersion.counter, rows: [...forbiddenTable].map(([group, topics]) => [group, [...topics]]) }
  }

  beforeEach(async () => {
    broker = await openTestBroker()
    for (const topic of ['TF', 'TG']) {
      await broker.makeTopic(topic, 1)
      await broker.send(topic, 'body')
    }
    await makeGroup('GF')
    await makeGroup('GG')
  })
  afterEach(() => broker.close())

  it('answers whether the group may read the topic, and changes it', async () => {
    expect((await ask()).body.toString()).to.equal('{"group":"GF","readable":true,"topic":"TF"}')
    expect((await ask(false)).body.toString()).to.equal('{"group":"GF","readable":false,"topic":"TF"}')
    expect((await ask()).body.toString()).to.include('"readable":false')
    expect((await ask(true)).body.toString()).to.include('"readable":true')
  })

  it('holds for pulls of that group and topic, whoever brings the subscription', async () => {
    await broker.beat({ clientID: 'c', consumers: [consumer('GF', ['TF', 'TG'])] })
    expect((await pull('GF', 'TF', 0)).code).to.equal(0)
    await ask(false)
    for (const sysFlag of [0, 4]) {
      const answer = await pull('GF', 'TF', sysFlag)
      expect([answer.code, answer.remark, answer.fields.get('forbiddenType')]).to.deep.equal([
        16,
        'the consumer group[GF] is forbidden for topic[TF]',
        '5'
      ])
    }
    expect([(await pull('GF', 'TG', 0)).code, (await pull('GG', 'TF', 4)).code]).to.deep.equal([0, 0])
    await ask(true)
    expect((await pull('GF', 'TF', 0)).code).to.equal(0)
  })

  it('is told with the groups, which then have another version, and survives a restart', async () => {
    const before = await table()
    expect(before.rows).to.deep.equal([])
    await Promise.all([ask(false), ask(false, { topic: 'TG' })])
    const after = await table()
    expect(after.rows).to.deep.equal([
      [
        'GF',
        [
          ['TF', 4],
          ['TG', 4]
        ]
      ]
    ])
    expect(after.counter).to.be.greaterThan(before.counter)
    await broker.restart()
    expect((await table()).rows).to.deep.equal(after.rows)
    expect((await pull('GF', 'TF', 4)).code).to.equal(16)
  })

  it('goes with its topic and with its group', async () => {
    await Promise.all([ask(false), ask(false, { topic: 'TG' })])
    await broker.ask(deleteTopicInBroker, { topic: 'TF' })
    expect((await table()).rows).to.deep.equal([['GF', [['TG', 4]]]])
    await broker.ask(deleteSubscriptiongroup, { groupName: 'GF' })
    expect((await table()).rows).to.deep.equal([])
    await broker.restart()
    expect((await table()).rows).to.deep.equal([])
  })

  it('refuses unknown groups and topics', async () => {
    expect((await ask(false, { group: 'GNone' })).code).to.equal(26)
    expect((await ask(false, { topic: 'TNone' })).code).to.equal(17)
    expect((await table()).rows).to.deep.equal([])
  })
})
