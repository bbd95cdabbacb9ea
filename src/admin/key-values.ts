/** Keys and values that NameServers keep for everybody, in namespaces. */
import { refusal } from '../client/refusal.ts'
import type { Session } from '../client/session.ts'
import { kvTableShape } from '../protocol/bodies/kv-table.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { deleteKvConfig } from '../protocol/requests/delete-kv-config.ts'
import { getKvlistByNamespace } from '../protocol/requests/get-kvlist-by-namespace.ts'
import { putKvConfig } from '../protocol/requests/put-kv-config.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { ConfigEntry } from './shared-rows.ts'

/** Where the queues of ordered topics are kept, as `broker:queues;…`. Java: NamesrvUtil. */
export const orderNamespace = 'ORDER_TOPIC_CONFIG'

/** The entries of a namespace; none when it is not there. */
export const listKv = async (session: Session, namespace: string): Promise<ConfigEntry[]> => {
  const answer = await session.routes.ask(getKvlistByNamespace, { namespace })
  if (answer.code === responseCodes.QUERY_NOT_FOUND) return []
  if (answer.code !== 0) throw refusal(answer, 'the NameServer', `list the namespace ${namespace}`)
  const { table } = readBody(kvTableShape, answer.body)
  return Array.from(table, ([key, value]) => ({ key, value })).sort((left, right) => (left.key < right.key ? -1 : 1))
}

export const putKv = async (
  session: Session,
  namespace: string,
  { key, value }: ConfigEntry,
  dryRun = false
): Promise<void> => {
  if (!dryRun) await session.routes.tellAll(putKvConfig, { namespace, key, value }, `keep ${namespace}/${key}`)
}

/** What is not there counts as deleted, as at every NameServer. */
export const deleteKv = async (session: Session, namespace: string, key: string, dryRun = false): Promise<void> => {
  if (!dryRun) await session.routes.tellAll(deleteKvConfig, { namespace, key }, `forget ${namespace}/${key}`)
}
