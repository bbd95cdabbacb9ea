/** Which client would get which queues of a topic. Pure. */
import type { RouteRow } from '../admin/topic-rows.ts'
import { average } from '../client/rebalance/average.ts'
import { MqError } from '../kit/errors.ts'
import type { AllocationRow } from './result-rows.ts'

/** `clients` = ids with commas between them. Throws MQ_USAGE. */
export const allocate = (topic: string, route: readonly RouteRow[], clients: string): AllocationRow[] => {
  const ids = clients.split(/[,;\s]+/).filter(id => id !== '')
  if (ids.length === 0) throw new MqError('MQ_USAGE', '--clients names no client')
  if (new Set(ids).size < ids.length) throw new MqError('MQ_USAGE', '--clients names a client twice')
  const queues = route
    .filter(row => row.perm.includes('R'))
    .flatMap(({ brokerName, readQueueNums }) =>
      Array.from({ length: readQueueNums }, (_, queueId) => ({ topic, brokerName, queueId }))
    )
  return ids.map(clientId => ({
    clientId,
    queues: average(queues, ids, clientId).map(({ brokerName, queueId }) => ({ brokerName, queueId }))
  }))
}
