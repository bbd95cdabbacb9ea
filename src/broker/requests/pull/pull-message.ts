/** Answers PULL_MESSAGE (11). The wire side is described in src/protocol/requests/pull-message.ts. */
import { pullMessage } from '../../../protocol/requests/pull-message.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { pull } from '../../pull/pull-message.ts'
import type { PullParts } from '../../pull/pull-parts.ts'
import { pullOriginOf, pullRequestOf } from '../../pull/pull-request.ts'

export const pullMessageRoute = (parts: PullParts): Route =>
  route(pullMessage, (header, asked) => pull(parts, pullRequestOf(header, false), pullOriginOf(asked)))
