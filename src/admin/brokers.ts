/** Clusters, brokers, and the settings of brokers. */
import type { Session } from '../client/session.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import { kvTableShape } from '../protocol/bodies/kv-table.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getBrokerConfig } from '../protocol/requests/get-broker-config.ts'
import { getBrokerRuntimeInfo } from '../protocol/requests/get-broker-runtime-info.ts'
import { updateBrokerConfig } from '../protocol/requests/update-broker-config.ts'
import type { ClusterRow, ConfigChange } from './broker-rows.ts'
import { requireMatch } from './settings-etag.ts'
import type { ConfigEntry, Listing } from './shared-rows.ts'
import { type Master, oneMaster } from './targets.ts'

/** One row per broker process; one that does not answer is listed with what NameServers know of it. */
export const listClusters = async (session: Session): Promise<Listing<ClusterRow>> => {
  const { brokerAddrTable, clusterAddrTable } = await session.routes.clusters()
  const warnings: string[] = []
  const rows: Promise<ClusterRow>[] = []
  for (const [cluster, names] of clusterAddrTable) {
    for (const brokerName of names) {
      for (const [brokerId, address] of brokerAddrTable.get(brokerName)?.brokerAddrs ?? []) {
        rows.push(clusterRow(session, { cluster, brokerName, brokerId, address }, warnings))
      }
    }
  }
  const order = (row: ClusterRow): string => `${row.cluster}\n${row.brokerName}\n${String(row.brokerId).padStart(10)}`
  const items = (await Promise.all(rows)).sort((left, right) => (order(left) < order(right) ? -1 : 1))
  return { items, warnings }
}

type Known = Pick<ClusterRow, 'cluster' | 'brokerName' | 'brokerId' | 'address'>

const clusterRow = async (session: Session, known: Known, warnings: string[]): Promise<ClusterRow> => {
  try {
    const asking = { who: known.brokerName, what: 'tell its state' }
    const { command } = await session.ask(known.address, getBrokerRuntimeInfo, {}, asking)
    const facts = readBody(kvTableShape, command.body).table
    return { ...known, ...rowOfFigures(facts) }
  } catch (error) {
    if (!(error instanceof MqError)) throw error
    warnings.push(`the broker ${known.brokerName} at ${known.address} tells nothing: ${errorText(error)}`)
    return { ...known, version: 'unknown' }
  }
}

/** What a broker's own figures say about it. */
export const rowOfFigures = (facts: ReadonlyMap<string, string>): Omit<ClusterRow, keyof Known> => {
  const bootMs = Number(facts.get('bootTimestamp'))
  return {
    version: facts.get('brokerVersionDesc') ?? 'unknown',
    ...number('inTps', firstNumber(facts.get('putTps'))),
    ...number('outTps', firstNumber(facts.get('getTransferredTps'))),
    ...number('diskUsedPercent', percent(facts.get('commitLogDiskRatio'))),
    ...(Number.isSafeInteger(bootMs) && bootMs > 0
      ? { started: new Date(bootMs).toISOString(), startedMs: bootMs }
      : {}),
    ...(facts.has('brokerActive') ? { active: facts.get('brokerActive') === 'true' } : {})
  }
}

const number = <K extends string>(name: K, value: number | undefined): { [N in K]?: number } =>
  (value === undefined ? {} : { [name]: value }) as { [N in K]?: number }

/** Rates come as several numbers in one text, the shortest time first. */
const firstNumber = (text: string | undefined): number | undefined => {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : undefined
}

const percent = (text: string | undefined): number | undefined => {
  const ratio = Number.parseFloat(text ?? '')
  return Number.isFinite(ratio) && ratio >= 0 ? Math.round(ratio * 1000) / 10 : undefined
}

export const brokerConfig = async (session: Session, name: string | undefined): Promise<ConfigEntry[]> =>
  configAt(session, await oneMaster(session, name))

const configAt = async (
  session: Session,
  { brokerName, address }: Pick<Master, 'brokerName' | 'address'>
): Promise<ConfigEntry[]> => {
  const asking = { who: brokerName, what: 'tell its settings' }
  const { command } = await session.ask(address, getBrokerConfig, {}, asking)
  return configEntries(command.body.toString('utf8'))
}

/** The answer is text of `key=value` lines without escapes, so it is not read as a properties file. */
export const configEntries = (text: string): ConfigEntry[] =>
  text
    .split('\n')
    .filter(line => line.includes('='))
    .map(line => {
      const at = line.indexOf('=')
      return { key: line.slice(0, at), value: line.slice(at + 1) }
    })
    .sort((left, right) => (left.key < right.key ? -1 : 1))

export const setBrokerConfig = async (
  session: Session,
  name: string | undefined,
  entries: readonly ConfigEntry[],
  { ifMatch, dryRun }: ConfigChange = {}
): Promise<ConfigEntry[]> => {
  const { brokerName, address } = await oneMaster(session, name)
  const before = await configAt(session, { brokerName, address })
  requireMatch(before, ifMatch)
  // Apache's brokers pass over keys that they do not know, and answer that all went well.
  const known = before.map(entry => entry.key)
  for (const { key } of entries) if (!known.includes(key)) throw unknownSetting(brokerName, key, known)
  const wished = new Map(entries.map(({ key, value }) => [key, value]))
  if (dryRun === true) {
    return before.flatMap(({ key }) => (wished.has(key) ? [{ key, value: wished.get(key)! }] : []))
  }
  const text = entries.map(({ key, value }) => `${key}=${escapedValue(value)}\n`).join('')
  const asking = { who: brokerName, what: 'change its settings' }
  await session.ask(address, updateBrokerConfig, {}, asking, Buffer.from(text))
  return (await configAt(session, { brokerName, address })).filter(entry => wished.has(entry.key))
}

/** The broker reads the request as Java properties, where a backslash and a leading blank have a meaning. */
export const escapedValue = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replace(/^ /, '\\ ')

const unknownSetting = (brokerName: string, key: string, known: readonly string[]): MqError => {
  const meant = nearest(key, known)
  return new MqError('MQ_NOT_FOUND', `${brokerName} has no setting ${key}, so nothing was changed`, {
    suggestions: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), '`mq broker config list` shows all']
  })
}
