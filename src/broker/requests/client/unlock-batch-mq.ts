/** Answers UNLOCK_BATCH_MQ. The wire side is described in src/protocol/requests/unlock-batch-mq.ts. */
import { lockBatchShape } from '../../../protocol/bodies/lock-batch.ts'
import { readBody } from '../../../protocol/bodies/shape.ts'
import { unlockBatchMq } from '../../../protocol/requests/unlock-batch-mq.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const unlockBatchMqRoute = ({ locks }: Pick<BrokerParts, 'locks'>): Route =>
  route(unlockBatchMq, (_header, { body }) => {
    const { consumerGroup, clientId, mqSet } = readBody(lockBatchShape, body)
    for (const { topic, queueId } of mqSet) locks.unlock(consumerGroup, clientId, topic, queueId)
    return {}
  })
