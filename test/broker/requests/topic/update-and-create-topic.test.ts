import { expect } from 'chai'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { type TopicConfig, topicConfigShape } from '../../../../src/protocol/bodies/topic-config.ts'
import { topicConfigWrapperShape } from '../../../../src/protocol/bodies/topic-config-wrapper.ts'
import type { Command } from '../../../../src/protocol/command.ts'
import { getAllTopicConfig } from '../../../../src/protocol/requests/get-all-topic-config.ts'
import { getTopicConfig } from '../../../../src/protocol/requests/get-topic-config.ts'
import { updateAndCreateTopic } from '../../../../src/protocol/requests/update-and-create-topic.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('UPDATE_AND_CREATE_TOPIC', () => {
  const broker = sharedBroker()

  const make = (
    topic: string,
    more: { perm?: number; queues?: number; attributes?: string } = {}
  ): Promise<Command> => {
    const { perm = 6, queues = 8, attributes } = more
    return broker().ask(updateAndCreateTopic, {
      topic,
      defaultTopic: 'TBW102',
      readQueueNums: queues,
      writeQueueNums: queues,
      perm,
      topicFilterType: 'SINGLE_TAG',
      order: false,
      ...(attributes === undefined ? {} : { attributes })
    })
  }
  const config = async (topic: string): Promise<TopicConfig> =>
    readBody(topicConfigShape, (await broker().ask(getTopicConfig, { topic })).body)
  const version = async (): Promise<number> =>
    readBody(topicConfigWrapperShape, (await broker().ask(getAllTopicConfig, {})).body).dataVersion.counter

  it('makes a topic, durable when it is answered', async () => {
    expect((await make('TMade', { queues: 3, attributes: '+message.type=FIFO' })).code).to.equal(0)
    const made = await config('TMade')
    expect(made).to.deep.include({ readQueueNums: 3, writeQueueNums: 3, perm: 6, order: false })
    expect({ ...made.attributes }).to.deep.equal({ 'message.type': 'FIFO' })
    await broker().restart()
    expect(await config('TMade')).to.deep.equal(made)
  })

  it('changes a topic, and keeps the attributes that are not named', async () => {
    await make('TChange', { attributes: '+message.type=FIFO,+reserve.time=5' })
    await make('TChange', { perm: 4, queues: 16, attributes: '-reserve.time' })
    const changed = await config('TChange')
    expect(changed).to.deep.include({ perm: 4, writeQueueNums: 16 })
    expect({ ...changed.attributes }).to.deep.equal({ 'message.type': 'FIFO' })
  })

  it('raises the version of the table, unless nothing changed', async () => {
    await make('TSame')
    const before = await version()
    await make('TSame')
    expect(await version()).to.equal(before)
    await make('TSame', { queues: 9 })
    expect(await version()).to.equal(before + 1)
  })

  it('refuses bad names, system topics and impossible numbers with 29', async () => {
    for (const name of ['', ' ', 'a b', 'ü', 'x'.repeat(128), 'TBW102', 'SCHEDULE_TOPIC_XXXX', 'rmq_sys_x', 'broker-a'])
      expect((await make(name)).code, name).to.equal(29)
    expect((await make('TBad', { queues: -1 })).code).to.equal(29)
    expect((await make('TBad', { queues: 2_000_000 })).code).to.equal(29)
    expect((await make('TBad', { perm: 99 })).code).to.equal(29)
    expect((await broker().ask(getTopicConfig, { topic: 'TBad' })).code).to.equal(17)
  })

  it('refuses attributes as Apache does', async () => {
    const refusal = async (topic: string, attributes: string) => (await make(topic, { attributes })).remark
    const set = '[UNSPECIFIED, MIXED, TRANSACTION, PRIORITY, FIFO, DELAY, LITE, NORMAL]'
    expect(await refusal('TAttr', '+message.type=NOPE')).to.equal(`value is not in set: ${set}`)
    expect(await refusal('TAttr', '+message.type=MIXED')).to.equal('MIXED message type is not supported.')
    expect(await refusal('TAttr', '+nope=1')).to.equal('unsupported key: nope')
    expect(await refusal('TAttr', 'message.type=FIFO')).to.include('format is wrong')
    expect(await refusal('TAttr', '-message.type')).to.include('only add attribute is supported')
    await make('TAttr')
    expect(await refusal('TAttr', '-message.type')).to.equal('attempt to delete a nonexistent key: message.type')
    expect(await refusal('TAttr', '+queue.type=BatchCQ')).to.include('unchangeable')
  })
})
