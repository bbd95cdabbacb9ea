import { expect } from 'chai'
import { TopicTable } from '../../src/namesrv/topic-table.ts'
import { topicConfig } from '../support/namesrv.ts'

describe('the table of topics', () => {
  const filled = (): TopicTable => {
    const topics = new TopicTable()
    for (const broker of ['a', 'b']) for (const topic of ['S', 'T']) topics.putConfig(broker, topicConfig(topic), 7)
    topics.putConfig('b', topicConfig('U'), 6)
    return topics
  }

  it('a topic is gone with the last broker that has it', () => {
    const topics = filled()
    topics.deleteOf('T', 'a')
    expect([...topics.queuesOf('T').keys()]).to.deep.equal(['b'])
    topics.deleteBroker('b')
    expect([...topics.names()]).to.deep.equal(['S'])
    expect(topics.has('S', 'a')).to.equal(true)
  })

  it('permissions change for one broker', () => {
    const topics = filled()
    expect(topics.wipeWrite('b')).to.equal(3)
    expect(['a', 'b'].map(name => topics.queuesOf('T').get(name)?.perm)).to.deep.equal([7, 5])
  })

  it('an unknown topic has no queues', () => {
    expect(filled().queuesOf('none').size).to.equal(0)
  })
})
