/** Answers LOCK_BATCH_MQ. The wire side is described in src/protocol/requests/lock-batch-mq.ts. */
import { lockBatchAnswerShape, lockBatchShape } from '../../../protocol/bodies/lock-batch.ts'
import { readBody, writeBody } from '../../../protocol/bodies/shape.ts'
import { lockBatchMq } from '../../../protocol/requests/lock-batch-mq.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { clientIdMax } from '../../clients/client-watch.ts'
import { hasQueue } from '../../queue-range.ts'

export const lockBatchMqRoute = ({ groups, locks, topics }: Pick<BrokerParts, 'groups' | 'locks' | 'topics'>): Route =>
  route(lockBatchMq, (_header, { body }) => {
    const { consumerGroup, clientId, mqSet } = readBody(lockBatchShape, body)
    // What does not exist is left out: nobody could ever read it, and the table of locks must not grow by it.
    const known = groups.ensure(consumerGroup) !== undefined && clientId.length <= clientIdMax
    const lockOKMQSet = mqSet.filter(
      ({ topic, queueId }) =>
        known && hasQueue(topics, topic, queueId) && locks.lock(consumerGroup, clientId, topic, queueId)
    )
    return { body: writeBody(lockBatchAnswerShape, { lockOKMQSet }) }
  })
