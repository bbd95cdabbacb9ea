import { expect } from 'chai'
import { topicDefaults } from '../../../../src/broker/topics/system-topics.ts'
import { writeBody } from '../../../../src/protocol/bodies/shape.ts'
import { topicConfigListShape } from '../../../../src/protocol/bodies/topic-config.ts'
import { getTopicConfig } from '../../../../src/protocol/requests/get-topic-config.ts'
import { updateAndCreateTopicList } from '../../../../src/protocol/requests/update-and-create-topic-list.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('UPDATE_AND_CREATE_TOPIC_LIST', () => {
  const broker = sharedBroker()

  const make = (...names: string[]) => {
    const topicConfigList = names.map(topicName => ({ topicName, ...topicDefaults }))
    return broker().ask(updateAndCreateTopicList, {}, writeBody(topicConfigListShape, { topicConfigList }))
  }
  const exists = async (topic: string): Promise<boolean> => (await broker().ask(getTopicConfig, { topic })).code === 0

  it('makes all topics of the list', async () => {
    expect((await make('TL1', 'TL2')).code).to.equal(0)
    expect([await exists('TL1'), await exists('TL2')]).to.deep.equal([true, true])
  })

  it('makes none when one is refused', async () => {
    expect((await make('TL3', 'TBW102')).code).to.equal(29)
    expect(await exists('TL3')).to.equal(false)
  })

  it('takes an empty list', async () => {
    expect((await make()).code).to.equal(0)
  })
})
