/** Health of clusters, run-time figures of a broker, taking it out of service, settings of NameServers. */
import { refusal } from '../client/refusal.ts'
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import { kvTableShape } from '../protocol/bodies/kv-table.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { addWritePermOfBroker } from '../protocol/requests/add-write-perm-of-broker.ts'
import { getBrokerRuntimeInfo } from '../protocol/requests/get-broker-runtime-info.ts'
import { getNamesrvConfig } from '../protocol/requests/get-namesrv-config.ts'
import { wipeWritePermOfBroker } from '../protocol/requests/wipe-write-perm-of-broker.ts'
import type { ClusterRow } from './broker-rows.ts'
import { configEntries, listClusters } from './brokers.ts'
import type { ClusterHealth, HealthFinding, WritePermission } from './operation-rows.ts'
import type { ConfigEntry } from './shared-rows.ts'
import { oneMaster } from './targets.ts'

const diskWarnPercent = 75
/** Apache's brokers and ours refuse messages from about here on. */
const diskCriticalPercent = 90

/** Unhealthy = a finding that keeps messages from being sent or read. */
export const clusterHealth = async (session: Session, cluster: string | undefined): Promise<ClusterHealth> => {
  const { items } = await listClusters(session)
  const rows = cluster === undefined ? items : items.filter(row => row.cluster === cluster)
  if (rows.length === 0) {
    const what = cluster === undefined ? 'no broker is registered' : `there is no cluster ${cluster}`
    throw new MqError(cluster === undefined ? 'MQ_NO_ROUTE' : 'MQ_NOT_FOUND', what)
  }
  return { ...healthOf(rows), brokers: rows.length }
}

/** What stands in the way of messages at these brokers. */
export const healthOf = (rows: readonly ClusterRow[]): Omit<ClusterHealth, 'brokers'> => {
  const withMaster = new Set(rows.filter(row => row.brokerId === 0).map(row => row.brokerName))
  const headless = [...new Set(rows.map(row => row.brokerName))].filter(name => !withMaster.has(name))
  const findings: HealthFinding[] = [
    ...headless.map(brokerName => ({ level: 'critical' as const, brokerName, what: 'has no master, only slaves' })),
    ...rows.flatMap(findingsOf)
  ]
  return { healthy: findings.every(finding => finding.level !== 'critical'), findings }
}

const findingsOf = ({ brokerName, brokerId, address, version, diskUsedPercent }: ClusterRow): HealthFinding[] => {
  if (version === 'unknown') {
    const level = brokerId === 0 ? 'critical' : 'warning'
    return [{ level, brokerName, what: `does not answer at ${address}` }]
  }
  if (diskUsedPercent === undefined || diskUsedPercent < diskWarnPercent) return []
  const level = diskUsedPercent >= diskCriticalPercent ? 'critical' : 'warning'
  return [{ level, brokerName, what: `its disk is ${diskUsedPercent} % full` }]
}

/** Every figure that the broker tells of itself, by name. */
export const brokerRuntime = async (session: Session, name: string | undefined): Promise<ConfigEntry[]> => {
  const { brokerName, address } = await oneMaster(session, name)
  const { command } = await session.ask(address, getBrokerRuntimeInfo, {}, { who: brokerName, what: 'tell its state' })
  const { table } = readBody(kvTableShape, command.body)
  return Array.from(table, ([key, value]) => ({ key, value })).sort((left, right) => (left.key < right.key ? -1 : 1))
}

/** Whether producers are sent to a broker: a mark at every NameServer, so that the broker itself stays as it is. */
export const setWritable = async (
  session: Session,
  name: string,
  writable: boolean,
  dryRun: boolean
): Promise<WritePermission> => {
  const { brokerName } = await oneMaster(session, name)
  const request = writable ? addWritePermOfBroker : wipeWritePermOfBroker
  const what = writable ? `let producers use ${brokerName}` : `keep producers from ${brokerName}`
  if (!dryRun) await session.routes.tellAll(request, { brokerName }, what)
  return { brokerName, writable, dryRun }
}

export const namesrvConfig = async (session: Session): Promise<ConfigEntry[]> => {
  const answer = await session.routes.ask(getNamesrvConfig, {})
  if (answer.code !== 0) throw refusal(answer, 'the NameServer', 'tell its settings')
  return configEntries(answer.body.toString('utf8'))
}
