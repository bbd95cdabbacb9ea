/** Answers SEARCH_OFFSET_BY_TIMESTAMP. The wire side is described in src/protocol/requests/search-offset-by-timestamp.ts. */
import { searchOffsetByTimestamp } from '../../../protocol/requests/search-offset-by-timestamp.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const searchOffsetByTimestampRoute = ({ store }: Pick<BrokerParts, 'store'>): Route =>
  route(searchOffsetByTimestamp, async ({ topic, queueId, timestamp, boundaryType }) => {
    // Java reads anything but UPPER, in whatever case, as LOWER.
    const boundary = boundaryType?.toUpperCase() === 'UPPER' ? 'UPPER' : 'LOWER'
    return { header: { offset: await store.offsetByTime(topic, queueId, timestamp, boundary) } }
  })
