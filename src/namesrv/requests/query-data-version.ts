/** Answers QUERY_DATA_VERSION. The wire side is described in src/protocol/requests/query-data-version.ts. */
import { dataVersionShape, sameDataVersion } from '../../protocol/bodies/data-version.ts'
import { readBody, writeBody } from '../../protocol/bodies/shape.ts'
import { emptyBody } from '../../protocol/command.ts'
import { queryDataVersion } from '../../protocol/requests/query-data-version.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const queryDataVersionRoute = ({ routes, clock }: Pick<NamesrvParts, 'routes' | 'clock'>): Route =>
  route(queryDataVersion, ({ clusterName, brokerAddr }, { body }) => {
    const asked = readBody(dataVersionShape, body)
    const known = routes.dataVersion(clusterName, brokerAddr)
    routes.seen(clusterName, brokerAddr, clock.monotonic())
    return {
      header: { changed: known === undefined || !sameDataVersion(known, asked) },
      body: known === undefined ? emptyBody : writeBody(dataVersionShape, known)
    }
  })
