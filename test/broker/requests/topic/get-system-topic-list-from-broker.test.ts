import { expect } from 'chai'
import { topicListShape } from '../../../../src/protocol/bodies/name-lists.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getSystemTopicListFromBroker } from '../../../../src/protocol/requests/get-system-topic-list-from-broker.ts'
import { sharedBroker } from '../../../support/broker.ts'

/** What an Apache broker answers, and the two topics that 5.4 added. */
const apache = `RMQ_SYS_TRANS_HALF_TOPIC BenchmarkTest TRANS_CHECK_MAX_TIME_TOPIC OFFSET_MOVED_EVENT TBW102
  rmq_sys_REVIVE_LOG_DefaultCluster SELF_TEST_TOPIC DefaultCluster SCHEDULE_TOPIC_XXXX RMQ_SYS_TRACE_TOPIC
  DefaultCluster_REPLY_TOPIC rmq_sys_wheel_timer CHECKPOINT_TOPIC rmq_sys_SYNC_BROKER_MEMBER_broker-a
  RMQ_SYS_TRANS_OP_HALF_TOPIC broker-a RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC RMQ_SYS_ROCKSDB_TRANS_OP_HALF_TOPIC`

describe('GET_SYSTEM_TOPIC_LIST_FROM_BROKER', () => {
  const broker = sharedBroker()

  it('answers the same names as Apache, and no topic of users', async () => {
    await broker().makeTopic('TUser', 1)
    const answer = await broker().ask(getSystemTopicListFromBroker, {})
    const { topicList } = readBody(topicListShape, answer.body)
    expect(topicList).to.have.members(apache.split(/\s+/))
  })
})
