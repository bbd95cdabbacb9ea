/** Answers CLEAN_EXPIRED_CONSUMEQUEUE. The wire side is described in src/protocol/requests/clean-expired-consumequeue.ts. */
import { cleanExpiredConsumequeue } from '../../../protocol/requests/clean-expired-consumequeue.ts'
import { type Route, route } from '../../../remoting/router.ts'

/** A consume queue is stored beside the segment that it tells of and goes with it, so none is ever left over. */
export const cleanExpiredConsumequeueRoute = (): Route => route(cleanExpiredConsumequeue, () => ({}))
