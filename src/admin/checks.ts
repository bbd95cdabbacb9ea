/** Measures what the rules of check-rules.ts are about, on a cluster, and judges it. */
import { type Clock, pause } from '../kit/clock.ts'
import { errorText, isMqError, type MqError } from '../kit/errors.ts'
import { deadLetterTopic } from '../protocol/topic-names.ts'
import type { Admin, MessageRow } from './admin.ts'
import {
  type CheckLimits,
  type CheckReport,
  type CheckSubject,
  checkCodes,
  judge,
  reportOf,
  rulesOf
} from './check-rules.ts'

export interface CheckWish {
  readonly subject: CheckSubject
  /** The topic, group or broker; for `cluster` and `disk` a cluster or nothing; for `round-trip` the topic to use. */
  readonly name: string | undefined
  readonly limits: CheckLimits
  /** `message`: how far to look back, milliseconds, and which messages count. */
  readonly sinceMs?: number | undefined
  readonly matches?: ((row: MessageRow) => boolean) | undefined
  /** `round-trip`: send nothing. */
  readonly dryRun?: boolean | undefined
}

/** A figure of a rule; `of` where there are several. Undefined = it could not be found out. */
interface Measured {
  readonly rule: string
  readonly value: number | undefined
  readonly of?: string
}

/**
 * Never rejects for what is wrong with the cluster: a server that cannot be reached or a thing that is not there is
 * CRITICAL, an answer that does not come or is refused is UNKNOWN.
 */
export const check = async (admin: Admin, wish: CheckWish, clock: Clock): Promise<CheckReport> => {
  const { subject, name, limits } = wish
  try {
    if (wish.dryRun === true) return await dryReport(admin, wish)
    const measured = await measures[subject](admin, wish, clock)
    const rules = rulesOf(subject)
    const findings = rules.flatMap(rule =>
      measured.filter(entry => entry.rule === rule.name).map(({ value, of }) => judge(rule, value, limits, of))
    )
    return reportOf(subject, name, findings)
  } catch (error) {
    if (!isMqError(error) || error.code === 'MQ_USAGE') throw error
    return failedReport(subject, name, error)
  }
}

const critical: ReadonlySet<string> = new Set([
  'MQ_CONNECT_FAILED',
  'MQ_CONNECTION_CLOSED',
  'MQ_NO_ROUTE',
  'MQ_NOT_FOUND',
  'MQ_TOPIC_NOT_FOUND'
])

/** What an error means. */
export const failedReport = (check: CheckSubject, name: string | undefined, error: MqError): CheckReport => {
  const status = critical.has(error.code) ? 'CRITICAL' : 'UNKNOWN'
  const reason = errorText(error)
  return { check, ...(name === undefined ? {} : { name }), status, code: checkCodes[status], reason, findings: [] }
}

const dryReport = async (admin: Admin, { subject, name }: CheckWish): Promise<CheckReport> => {
  const masters = (await admin.clusters()).items.filter(row => row.brokerId === 0).map(row => row.brokerName)
  const reason = `dry run: would send a message to ${name} on ${masters.join(', ')}; nothing was sent`
  return {
    check: subject,
    ...(name === undefined ? {} : { name }),
    status: 'OK',
    code: checkCodes.OK,
    reason,
    findings: []
  }
}

type Measure = (admin: Admin, wish: CheckWish, clock: Clock) => Promise<readonly Measured[]>

const cluster: Measure = async (admin, { name }) => {
  const rows = (await admin.clusters()).items.filter(row => name === undefined || row.cluster === name)
  const answering = rows.filter(row => row.version !== 'unknown')
  const names = new Set(rows.map(row => row.brokerName))
  const led = new Set(rows.filter(row => row.brokerId === 0).map(row => row.brokerName))
  const disks = answering.flatMap(row => row.diskUsedPercent ?? [])
  return [
    { rule: 'brokers', value: answering.length },
    { rule: 'silent', value: rows.length - answering.length },
    { rule: 'headless', value: names.size - led.size },
    { rule: 'disk', value: disks.length === 0 ? undefined : Math.max(...disks) }
  ]
}

const broker: Measure = async (admin, { name = '' }) => {
  const figures = new Map((await admin.brokerRuntime(name)).map(({ key, value }) => [key, value]))
  const rows = (await admin.clusters()).items.filter(row => row.brokerName === name && row.brokerId === 0)
  const [row] = rows
  const dispatch = Number.parseFloat(figures.get('dispatchBehindBytes') ?? '')
  return [
    { rule: 'disk', value: row?.diskUsedPercent },
    { rule: 'dispatch', value: Number.isFinite(dispatch) ? dispatch : undefined },
    { rule: 'in', value: row?.inTps },
    { rule: 'out', value: row?.outTps }
  ]
}

const disk: Measure = async (admin, { name }) => {
  const rows = (await admin.clusters()).items.filter(row => name === undefined || row.cluster === name)
  return rows.map(({ brokerName, brokerId, diskUsedPercent: value }) => ({
    rule: 'used',
    value,
    of: brokerId === 0 ? brokerName : `${brokerName}:${brokerId}`
  }))
}

const seconds = (ms: number): number => Math.round(Math.max(0, ms) / 100) / 10

const topic: Measure = async (admin, { name = '' }, clock) => {
  const { brokers, queues, messages } = await admin.describeTopic(name)
  const lastMs = Math.max(0, ...queues.map(queue => queue.lastUpdateMs ?? 0))
  const may = (letter: string, count: 'readQueueNums' | 'writeQueueNums'): number =>
    brokers.filter(row => row.perm.includes(letter)).reduce((sum, row) => sum + row[count], 0)
  return [
    { rule: 'age', value: lastMs === 0 ? undefined : seconds(clock.now() - lastMs) },
    { rule: 'writable', value: may('W', 'writeQueueNums') },
    { rule: 'readable', value: may('R', 'readQueueNums') },
    { rule: 'messages', value: messages }
  ]
}

const group: Measure = async (admin, { name = '' }, clock) => {
  const { lag, queues } = await admin.groupLag(name)
  const { members } = await admin.groupMembers(name)
  const late = queues.filter(queue => queue.lag > 0)
  // A queue of which nothing was ever consumed does not say how old its first message is.
  const knows = late.every(queue => queue.lastConsumedMs !== undefined)
  const oldest = Math.min(...late.map(queue => queue.lastConsumedMs ?? 0))
  return [
    { rule: 'lag', value: lag },
    { rule: 'members', value: members.length },
    { rule: 'behind', value: late.length === 0 ? 0 : knows ? seconds(clock.now() - oldest) : undefined },
    { rule: 'dead', value: await deadLetters(admin, name) }
  ]
}

const deadLetters = async (admin: Admin, name: string): Promise<number | undefined> => {
  try {
    return (await admin.describeTopic(deadLetterTopic(name))).messages
  } catch (error) {
    return isMqError(error) && error.exitCode === 4 ? 0 : undefined
  }
}

const pageSize = 500
/** Messages that one check looks through at most. */
const lookedAtMax = 20_000

const message: Measure = async (admin, { name = '', sinceMs = 3_600_000, matches = () => true }, clock) => {
  const toMs = clock.now()
  let found = 0
  let newest = 0
  let cursor: string | undefined
  let lookedAt = 0
  do {
    const page = await admin.messagesByTime({
      topic: name,
      fromMs: toMs - sinceMs,
      toMs: toMs + 60_000,
      limit: pageSize,
      cursor
    })
    for (const row of page.items.filter(matches)) {
      found++
      newest = Math.max(newest, row.storedMs)
    }
    lookedAt += page.items.length
    cursor = page.next
  } while (cursor !== undefined && lookedAt < lookedAtMax)
  // Of a topic with more messages than that, nothing newer than what was seen is known.
  const isWhole = cursor === undefined
  return [
    { rule: 'age', value: found === 0 || !isWhole ? undefined : seconds(toMs - newest) },
    { rule: 'found', value: found > 0 || isWhole ? found : undefined }
  ]
}

const readBackPauseMs = 5

/** Each master stores a message and gives it back; so every one of them is known to work, not just one. */
const roundTrip: Measure = async (admin, { name = '' }, clock) => {
  const masters = (await admin.clusters()).items.filter(row => row.brokerId === 0)
  const spec = { topic: name, readQueueNums: 1, writeQueueNums: 1, perm: 6, order: false, attributes: {} }
  for (const clusterName of new Set(masters.map(row => row.cluster))) {
    await admin.createTopic(spec, { existing: 'keep', wait: true, cluster: clusterName })
  }
  const measured: Measured[] = []
  let failed = 0
  for (const { brokerName } of masters) {
    const took = await tripOf(admin, name, brokerName, clock)
    if (took === undefined) failed++
    measured.push({ rule: 'time', of: brokerName, value: took })
  }
  return [...measured, { rule: 'failed', value: failed }]
}

const tripOf = async (
  admin: Admin,
  topicName: string,
  brokerName: string,
  clock: Clock
): Promise<number | undefined> => {
  const began = clock.monotonic()
  const body = `mq check ${clock.now()}`
  try {
    const { queueId, queueOffset } = await admin.sendMessage({ topic: topicName, body, brokerName, queueId: 0 })
    for (let tries = 200; tries > 0; tries--) {
      const row = await admin.messageByOffset(topicName, brokerName, queueId, queueOffset).catch(notYet)
      if (row !== undefined) return row.body === body ? Math.round((clock.monotonic() - began) * 10) / 10 : undefined
      await pause(clock, readBackPauseMs)
    }
  } catch (error) {
    if (!isMqError(error)) throw error
  }
  return undefined
}

const notYet = (error: unknown): undefined => {
  if (!isMqError(error) || error.code !== 'MQ_NOT_FOUND') throw error
  return undefined
}

const measures: Readonly<Record<CheckSubject, Measure>> = {
  cluster,
  broker,
  topic,
  group,
  message,
  'round-trip': roundTrip,
  disk
}
