/** The bodies as Apache writes them: sorted names, bare number keys, object keys, no nulls. */
import { expect } from 'chai'
import { checkClientShape } from '../../../src/protocol/bodies/check-client.ts'
import { brokerMemberGroupBodyShape, clusterInfoShape } from '../../../src/protocol/bodies/cluster-info.ts'
import {
  consumerConnectionShape,
  producerConnectionShape,
  producerTableInfoShape
} from '../../../src/protocol/bodies/connections.ts'
import { consumeStatsShape } from '../../../src/protocol/bodies/consume-stats.ts'
import { sameDataVersion } from '../../../src/protocol/bodies/data-version.ts'
import { groupConfigShape } from '../../../src/protocol/bodies/group-config.ts'
import { groupConfigListShape, groupConfigWrapperShape } from '../../../src/protocol/bodies/group-config-wrapper.ts'
import { heartbeatDataShape } from '../../../src/protocol/bodies/heartbeat.ts'
import { kvTableShape } from '../../../src/protocol/bodies/kv-table.ts'
import { lockBatchAnswerShape, lockBatchShape } from '../../../src/protocol/bodies/lock-batch.ts'
import { consumerIdListShape, groupListShape, topicListShape } from '../../../src/protocol/bodies/name-lists.ts'
import { readBody, type Shape, writeBody } from '../../../src/protocol/bodies/shape.ts'
import { topicConfigListShape, topicConfigShape } from '../../../src/protocol/bodies/topic-config.ts'
import { topicConfigWrapperShape } from '../../../src/protocol/bodies/topic-config-wrapper.ts'
import { topicRouteDataShape } from '../../../src/protocol/bodies/topic-route.ts'
import { topicStatsShape } from '../../../src/protocol/bodies/topic-stats.ts'

const again = <T>(shape: Shape<T>, body: string, standard = false): string =>
  writeBody(shape, readBody(shape, body), { standard }).toString()

const keeps = <T>(shape: Shape<T>, body: string, standard = false): void => {
  expect(again(shape, body, standard)).to.equal(body)
}

const queue = '{"brokerName":"b","queueId":2,"topic":"T"}'
const subscription =
  '{"classFilterMode":false,"codeSet":[2598919],"expressionType":"TAG","subString":"TagA","subVersion":1,"tagsSet":["TagA"],"topic":"T"}'
const topic =
  '{"attributes":{"message.type":"FIFO"},"order":false,"perm":6,"readQueueNums":4,"topicFilterType":"SINGLE_TAG","topicName":"T","topicSysFlag":0,"writeQueueNums":4}'
const group =
  '{"attributes":{},"brokerId":0,"consumeBroadcastEnable":true,"consumeEnable":true,"consumeFromMinEnable":true,"consumeMessageOrderly":false,"consumeTimeoutMinute":15,"groupName":"G","groupRetryPolicy":{"type":"CUSTOMIZED"},"groupSysFlag":0,"notifyConsumerIdsChangedEnable":true,"retryMaxTimes":16,"retryQueueNums":1,"whichBrokerWhenConsumeSlowly":1}'
const version = '{"counter":1,"stateVersion":0,"timestamp":2}'

describe('bodies keep the form of Apache', () => {
  it('topic route: standard JSON for newer peers, bare ids for older ones', () => {
    const route = (id: string): string =>
      `{"brokerDatas":[{"brokerAddrs":{${id}:"127.0.0.1:10911"},"brokerName":"b","cluster":"C","enableActingMaster":false}],"filterServerTable":{},"queueDatas":[{"brokerName":"b","perm":6,"readQueueNums":4,"topicSysFlag":0,"writeQueueNums":4}]}`
    keeps(topicRouteDataShape, route('"0"'), true)
    keeps(topicRouteDataShape, route('0'))
    const mapped =
      '{"brokerDatas":[],"filterServerTable":{"a":["f"]},"orderTopicConf":"b:4","queueDatas":[],"topicQueueMappingByBroker":{"b":{"bname":"b","currIdMap":{0:1},"dirty":false,"epoch":3,"scope":"__global__","topic":"T","totalQueues":1}}}'
    keeps(topicRouteDataShape, mapped)
  })

  it('clusters and member groups', () => {
    const broker = '"brokerAddrs":{0:"127.0.0.1:10911",1:"127.0.0.1:10921"},"brokerName":"b","cluster":"C"'
    keeps(
      clusterInfoShape,
      `{"brokerAddrTable":{"b":{${broker},"enableActingMaster":false}},"clusterAddrTable":{"C":["b"]}}`
    )
    keeps(brokerMemberGroupBodyShape, `{"brokerMemberGroup":{${broker}}}`)
    keeps(brokerMemberGroupBodyShape, '{}')
  })

  it('statistics, with queues as keys', () => {
    keeps(
      topicStatsShape,
      `{"offsetTable":{${queue}:{"lastUpdateTimestamp":9,"maxOffset":8,"minOffset":0}},"topicPutTps":0.1}`
    )
    keeps(
      consumeStatsShape,
      `{"consumeTps":0.0,"offsetTable":{${queue}:{"brokerOffset":3,"consumerOffset":2,"lastTimestamp":1,"pullOffset":2}}}`
    )
  })

  it('connections', () => {
    const connection = '{"clientAddr":"127.0.0.1:5","clientId":"c","language":"JAVA","version":513}'
    keeps(producerConnectionShape, `{"connectionSet":[${connection}]}`)
    keeps(
      consumerConnectionShape,
      `{"connectionSet":[${connection}],"consumeFromWhere":"CONSUME_FROM_LAST_OFFSET","consumeType":"CONSUME_PASSIVELY","messageModel":"CLUSTERING","subscriptionTable":{"T":${subscription}}}`
    )
    keeps(
      producerTableInfoShape,
      '{"data":{"P":[{"clientId":"c","language":"JAVA","lastUpdateTimestamp":1,"remoteIP":"/127.0.0.1:5","version":513}]}}'
    )
  })

  it('lists and tables of names', () => {
    keeps(topicListShape, '{"brokerAddr":"127.0.0.1:10911","topicList":["%RETRY%G","T"]}')
    keeps(topicListShape, '{"topicList":[]}')
    keeps(groupListShape, '{"groupList":["G"]}')
    keeps(consumerIdListShape, '{"consumerIdList":["c"]}')
    keeps(kvTableShape, '{"table":{"z":"1","a":""}}')
  })

  it('locks', () => {
    keeps(lockBatchShape, `{"clientId":"c","consumerGroup":"G","mqSet":[${queue}],"onlyThisBroker":false}`)
    keeps(lockBatchAnswerShape, `{"lockOKMQSet":[${queue}]}`)
  })

  it('heartbeats and subscriptions', () => {
    keeps(
      heartbeatDataShape,
      `{"clientID":"c","consumerDataSet":[{"consumeFromWhere":"CONSUME_FROM_LAST_OFFSET","consumeType":"CONSUME_PASSIVELY","groupName":"G","messageModel":"CLUSTERING","subscriptionDataSet":[${subscription}],"unitMode":false}],"heartbeatFingerprint":0,"producerDataSet":[{"groupName":"P"}],"withoutSub":false}`
    )
    keeps(checkClientShape, `{"clientId":"c","group":"G","subscriptionData":${subscription}}`)
  })

  it('topics and groups', () => {
    keeps(topicConfigShape, topic)
    keeps(topicConfigListShape, `{"topicConfigList":[${topic}]}`)
    keeps(
      topicConfigWrapperShape,
      `{"dataVersion":${version},"mappingDataVersion":${version},"topicConfigTable":{"T":${topic}},"topicQueueMappingDetailMap":{"T":{"bname":"b","currIdMap":{0:1},"dirty":false,"epoch":3,"hostedQueues":{0:[{"bname":"b","endOffset":-1,"gen":0,"logicOffset":0,"queueId":0,"startOffset":0,"timeOfEnd":-1,"timeOfStart":-1}]},"topic":"T","totalQueues":1}},"topicQueueMappingInfoMap":{}}`
    )
    keeps(groupConfigShape, group)
    keeps(groupConfigListShape, `{"groupConfigList":[${group}]}`)
    keeps(
      groupConfigWrapperShape,
      `{"dataVersion":${version},"forbiddenTable":{"G":{"T":1}},"subscriptionGroupTable":{"G":${group}}}`
    )
    const policies =
      '{"customizedRetryPolicy":{"next":[1000,5000]},"exponentialRetryPolicy":{"initial":1,"max":3,"multiplier":2},"type":"EXPONENTIAL"}'
    keeps(groupConfigShape, group.replace('{"type":"CUSTOMIZED"}', policies))
  })
})

describe('bodies of other clients', () => {
  it('go writes tag codes as text, and they stay as they are', () => {
    const body =
      '{"clientID":"c","producerDataSet":null,"consumerDataSet":[{"groupName":"G","consumeType":"CONSUME_PASSIVELY","messageModel":"CLUSTERING","consumeFromWhere":"CONSUME_FROM_FIRST_OFFSET","subscriptionDataSet":[{"classFilterMode":false,"topic":"T","subString":"TagA","tagsSet":["TagA"],"codeSet":["2598919"],"subVersion":1,"expressionType":"TAG"}],"unitMode":false}]}'
    const heartbeat = readBody(heartbeatDataShape, body)
    expect(heartbeat.producerDataSet).to.deep.equal([])
    expect(heartbeat.withoutSub).to.equal(false)
    expect(heartbeat.consumerDataSet[0]!.subscriptionDataSet[0]!.codeSet).to.deep.equal(['2598919'])
  })

  it("a group that only names itself has Java's defaults", () => {
    expect(again(groupConfigShape, '{"groupName":"G"}')).to.equal(group)
  })

  it('versions are the same when all three numbers are', () => {
    const one = { stateVersion: 0, timestamp: 2, counter: 1 }
    expect(sameDataVersion(one, { ...one })).to.equal(true)
    for (const key of ['stateVersion', 'timestamp', 'counter'])
      expect(sameDataVersion(one, { ...one, [key]: 9 })).to.equal(false)
  })
})
