/** Answers GET_ALL_CONSUMER_OFFSET. The wire side is described in src/protocol/requests/get-all-consumer-offset.ts. */
import { consumerOffsetsShape } from '../../../protocol/bodies/offset-tables.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getAllConsumerOffset } from '../../../protocol/requests/get-all-consumer-offset.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getAllConsumerOffsetRoute = ({ offsets }: Pick<BrokerParts, 'offsets'>): Route =>
  route(getAllConsumerOffset, () => {
    const offsetTable = new Map<string, ReadonlyMap<number, number>>()
    for (const [group, topics] of offsets.all())
      for (const [topic, queues] of topics) offsetTable.set(`${topic}@${group}`, queues)
    return { body: writeBody(consumerOffsetsShape, { offsetTable, dataVersion: offsets.dataVersion }) }
  })
