import { expect } from 'chai'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { topicConfigWrapperShape } from '../../../../src/protocol/bodies/topic-config-wrapper.ts'
import { getAllTopicConfig } from '../../../../src/protocol/requests/get-all-topic-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_ALL_TOPIC_CONFIG', () => {
  const broker = sharedBroker()

  const page = async (header: { topicSeq?: number; maxTopicNum?: number; dataVersion?: string }) => {
    const answer = await broker().ask(getAllTopicConfig, header)
    const { topicConfigTable, dataVersion } = readBody(topicConfigWrapperShape, answer.body)
    return { total: answer.fields.get('totalTopicNum'), names: [...topicConfigTable.keys()], dataVersion }
  }

  it('answers the topics that every fresh broker of 5.5.0 has', async () => {
    const { total, names } = await page({})
    expect(total).to.equal('15')
    expect(names).to.have.members([
      'BenchmarkTest',
      'DefaultCluster',
      'DefaultCluster_REPLY_TOPIC',
      'OFFSET_MOVED_EVENT',
      'RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC',
      'RMQ_SYS_ROCKSDB_TRANS_OP_HALF_TOPIC',
      'RMQ_SYS_TRANS_HALF_TOPIC',
      'RMQ_SYS_TRANS_OP_HALF_TOPIC',
      'SCHEDULE_TOPIC_XXXX',
      'SELF_TEST_TOPIC',
      'TBW102',
      'broker-a',
      'rmq_sys_REVIVE_LOG_DefaultCluster',
      'rmq_sys_SYNC_BROKER_MEMBER_broker-a',
      'rmq_sys_wheel_timer'
    ])
  })

  it('answers page by page as long as the version is the same, and starts over when it is not', async () => {
    const first = await page({ topicSeq: 0, maxTopicNum: 10, dataVersion: '' })
    const second = await page({ topicSeq: 10, maxTopicNum: 10, dataVersion: JSON.stringify(first.dataVersion) })
    expect(first.names.length + second.names.length).to.equal(15)
    expect(new Set([...first.names, ...second.names]).size).to.equal(15)
    const stale = await page({ topicSeq: 10, maxTopicNum: 10, dataVersion: '{"counter":99}' })
    expect(stale.names).to.deep.equal(first.names)
  })
})
