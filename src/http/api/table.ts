/** The whole API, closed: a row without a scope or a second row of the same name is a mistake that no server starts with. */
import { brokerEndpoints } from './brokers.ts'
import type { Endpoint } from './endpoint.ts'
import { groupEndpoints } from './groups.ts'
import { liveEndpoints } from './live.ts'
import { messageEndpoints } from './messages.ts'
import { operationEndpoints } from './operations.ts'
import { withResource } from './resources.ts'
import { scopes } from './scopes.ts'
import { serverEndpoints } from './server.ts'
import { topicEndpoints } from './topics.ts'

export const endpoints: readonly Endpoint[] = [
  ...topicEndpoints,
  ...groupEndpoints,
  ...messageEndpoints,
  ...brokerEndpoints,
  ...operationEndpoints,
  ...liveEndpoints,
  ...serverEndpoints
].map(withResource)

/** Throws when a row is not fit to be served. */
export const checkEndpoints = (rows: readonly Endpoint[]): void => {
  const ids = new Set<string>()
  const paths = new Set<string>()
  for (const { id, method, path, scope } of rows) {
    if (!scopes.includes(scope)) throw new Error(`the endpoint ${id} has no scope`)
    if (method === 'GET' && scope === 'admin' && path !== '/tokens')
      throw new Error(`the endpoint ${id} looks and changes nothing`)
    if (ids.has(id) || paths.has(`${method} ${path}`)) throw new Error(`the endpoint ${id} is there twice`)
    ids.add(id)
    paths.add(`${method} ${path}`)
  }
}
