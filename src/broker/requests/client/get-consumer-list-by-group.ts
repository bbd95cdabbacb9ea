/** Answers GET_CONSUMER_LIST_BY_GROUP. The wire side is described in src/protocol/requests/get-consumer-list-by-group.ts. */
import { consumerIdListShape } from '../../../protocol/bodies/name-lists.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getConsumerListByGroup } from '../../../protocol/requests/get-consumer-list-by-group.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getConsumerListByGroupRoute = ({ consumers }: Pick<BrokerParts, 'consumers'>): Route =>
  route(getConsumerListByGroup, ({ consumerGroup }) => {
    const consumerIdList = [...(consumers.get(consumerGroup)?.members.keys() ?? [])]
    if (consumerIdList.length > 0) return { body: writeBody(consumerIdListShape, { consumerIdList }) }
    return { code: responseCodes.SYSTEM_ERROR, remark: `no consumer for this group, ${consumerGroup}` }
  })
