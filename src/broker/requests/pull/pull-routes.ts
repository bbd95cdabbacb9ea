/** The handlers that read messages for consumers. */
import type { Route } from '../../../remoting/router.ts'
import type { PullParts } from '../../pull/pull-parts.ts'
import { litePullMessageRoute } from './lite-pull-message.ts'
import { pullMessageRoute } from './pull-message.ts'

export const pullRoutes = (parts: PullParts): Route[] => [pullMessageRoute(parts), litePullMessageRoute(parts)]
