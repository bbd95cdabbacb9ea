/** How the body of each request and of its answer is read and written again, for the test of golden frames. */
import { checkClientShape } from '../../src/protocol/bodies/check-client.ts'
import { brokerMemberGroupBodyShape, clusterInfoShape } from '../../src/protocol/bodies/cluster-info.ts'
import {
  consumerConnectionShape,
  producerConnectionShape,
  producerTableInfoShape
} from '../../src/protocol/bodies/connections.ts'
import { consumeStatsShape } from '../../src/protocol/bodies/consume-stats.ts'
import { dataVersionShape } from '../../src/protocol/bodies/data-version.ts'
import { groupConfigShape } from '../../src/protocol/bodies/group-config.ts'
import { groupConfigListShape, groupConfigWrapperShape } from '../../src/protocol/bodies/group-config-wrapper.ts'
import { heartbeatDataShape } from '../../src/protocol/bodies/heartbeat.ts'
import { kvTableShape } from '../../src/protocol/bodies/kv-table.ts'
import { lockBatchAnswerShape, lockBatchShape } from '../../src/protocol/bodies/lock-batch.ts'
import { consumerIdListShape, groupListShape, topicListShape } from '../../src/protocol/bodies/name-lists.ts'
import { registerBrokerBodyShape } from '../../src/protocol/bodies/register-broker-body.ts'
import { readBody, type Shape, writeBody } from '../../src/protocol/bodies/shape.ts'
import { topicConfigListShape, topicConfigShape } from '../../src/protocol/bodies/topic-config.ts'
import { topicConfigWrapperShape } from '../../src/protocol/bodies/topic-config-wrapper.ts'
import { topicRouteDataShape } from '../../src/protocol/bodies/topic-route.ts'
import { topicStatsShape } from '../../src/protocol/bodies/topic-stats.ts'
import { decodeMessages, encodeMessage } from '../../src/protocol/message.ts'
import { decodeBatch, encodeBatch } from '../../src/protocol/message-batch.ts'

/** Reads a body and writes it again. */
type Again = (body: Buffer) => Buffer

const json =
  <T>(shape: Shape<T>): Again =>
  body => {
    // Java writes a bare number as a key unless the asker wants standard JSON.
    const standard = body.includes('{"0":')
    return writeBody(shape, readBody(shape, body), { standard })
  }

const messages: Again = body =>
  Buffer.concat(
    decodeMessages(body).map(message =>
      encodeMessage(message, message.queueOffset, message.physicalOffset, message.storeTimestamp, message.storeHost)
    )
  )

const batch: Again = body => encodeBatch(decodeBatch(body))

/** Bodies that are taken as they are: a message's own body, properties text. */
const opaque: Again = body => body

export const requestBodies: Readonly<Record<number, Again>> = {
  10: opaque,
  18: json(topicConfigListShape),
  25: opaque,
  34: json(heartbeatDataShape),
  41: json(lockBatchShape),
  42: json(lockBatchShape),
  46: json(checkClientShape),
  103: json(registerBrokerBodyShape),
  200: json(groupConfigShape),
  217: json(topicRouteDataShape),
  225: json(groupConfigListShape),
  310: opaque,
  318: opaque,
  320: batch,
  322: json(dataVersionShape)
}

export const answerBodies: Readonly<Record<number, Again>> = {
  11: messages,
  12: messages,
  21: json(topicConfigWrapperShape),
  26: opaque,
  28: json(kvTableShape),
  33: messages,
  38: json(consumerIdListShape),
  41: json(lockBatchAnswerShape),
  103: json(kvTableShape),
  105: json(topicRouteDataShape),
  106: json(clusterInfoShape),
  201: json(groupConfigWrapperShape),
  202: json(topicStatsShape),
  203: json(consumerConnectionShape),
  204: json(producerConnectionShape),
  206: json(topicListShape),
  208: json(consumeStatsShape),
  219: json(kvTableShape),
  224: json(topicListShape),
  300: json(groupListShape),
  304: json(topicListShape),
  311: json(topicListShape),
  312: json(topicListShape),
  313: json(topicListShape),
  319: opaque,
  322: json(dataVersionShape),
  328: json(producerTableInfoShape),
  343: json(topicListShape),
  351: json(topicConfigShape),
  352: json(groupConfigShape),
  361: messages,
  901: json(brokerMemberGroupBodyShape)
}
