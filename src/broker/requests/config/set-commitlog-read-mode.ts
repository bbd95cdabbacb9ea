/** Answers SET_COMMITLOG_READ_MODE. The wire side is described in src/protocol/requests/set-commitlog-read-mode.ts. */
import { setCommitlogReadMode } from '../../../protocol/requests/set-commitlog-read-mode.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { refusal } from '../../refusal.ts'
import { invalid } from '../../topics/topic-change.ts'

/** Apache answers success whatever its store does with it; here nothing would follow, so it is refused. */
export const setCommitlogReadModeRoute = (): Route =>
  route(setCommitlogReadMode, ({ READ_AHEAD_MODE: mode }) => {
    if (mode !== '0' && mode !== '1') throw invalid('READ_AHEAD_MODE must be 0 (normal) or 1 (random)')
    throw refusal(
      responseCodes.REQUEST_CODE_NOT_SUPPORTED,
      'this broker keeps its commit log in LevelDB, which the kernel is not told to read ahead, so there is no mode to set'
    )
  })
