/**
 * Answers LITE_PULL_MESSAGE (361). The wire side is described in src/protocol/requests/lite-pull-message.ts.
 *
 * The same as PULL_MESSAGE, behind the switch litePullMessageEnable.
 */
import { litePullMessage } from '../../../protocol/requests/lite-pull-message.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { pull } from '../../pull/pull-message.ts'
import type { PullParts } from '../../pull/pull-parts.ts'
import { pullOriginOf, pullRequestOf } from '../../pull/pull-request.ts'

export const litePullMessageRoute = (parts: PullParts): Route =>
  route(litePullMessage, (header, asked) => pull(parts, pullRequestOf(header, true), pullOriginOf(asked)))
