/** Answers RESET_MASTER_FLUSH_OFFSET. The wire side is described in src/protocol/requests/reset-master-flush-offset.ts. */
import { resetMasterFlushOffset } from '../../../protocol/requests/reset-master-flush-offset.ts'
import { type Route, route } from '../../../remoting/router.ts'

/** Only a slave keeps such an offset; a master has its own disk to look at, and answers success as in Java. */
export const resetMasterFlushOffsetRoute = (): Route => route(resetMasterFlushOffset, () => ({}))
