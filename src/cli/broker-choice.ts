/** Which brokers are meant, where a command is for one or for all of a cluster. */
import type { Admin } from '../admin/admin.ts'
import { MqError } from '../kit/errors.ts'

/** Names of the masters of a cluster, or of all. Rejects with MQ_NOT_FOUND. */
export const brokersOf = async (admin: Admin, cluster: string | undefined): Promise<readonly string[]> => {
  const { items } = await admin.clusters()
  const names = items.filter(row => cluster === undefined || row.cluster === cluster).map(row => row.brokerName)
  if (names.length > 0) return [...new Set(names)].sort()
  if (cluster === undefined) throw new MqError('MQ_NO_ROUTE', 'no broker is registered')
  const known = [...new Set(items.map(row => row.cluster))].sort().join(', ')
  throw new MqError('MQ_NOT_FOUND', `there is no cluster ${cluster}`, { suggestions: [`there are: ${known}`] })
}

/** The one that is named, or the only one of the cluster. Undefined leaves it to the act, which says what it lacks. */
export const brokerOf = async (
  admin: Admin,
  broker: string | undefined,
  cluster: string | undefined
): Promise<string | undefined> => {
  if (broker !== undefined || cluster === undefined) return broker
  const names = await brokersOf(admin, cluster)
  if (names.length === 1) return names[0]
  throw new MqError('MQ_USAGE', `the cluster ${cluster} has several brokers: ${names.join(', ')}`, {
    suggestions: ['name one']
  })
}
