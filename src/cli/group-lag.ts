/** `mq group lag`: lag by queue, topic or client, and the thresholds that scripts watch. */
import type { Admin } from '../admin/admin.ts'
import type { GroupLag, LagRow } from '../admin/group-rows.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'

export const lagViews = ['queue', 'topic', 'client'] as const
export type LagView = (typeof lagViews)[number]

/** One line of the table: a queue, or the sum over a topic or a client. */
export interface LagLine {
  readonly group: string
  readonly topic: string
  readonly queues: readonly LagRow[]
  readonly clientId?: string
}

/** Of the named groups, or of all that have offsets and are not the brokers' own. */
export const lagOf = async (admin: Admin, names: readonly string[], topic: string | undefined): Promise<GroupLag[]> => {
  const groups = names.length > 0 ? names : await groupNames(admin, topic)
  return mapBounded(groups, name => admin.groupLag(name, topic))
}

const groupNames = async (admin: Admin, topic: string | undefined): Promise<string[]> => {
  const { items } = await admin.groups()
  return items
    .filter(row => !row.system && row.topics.length > 0 && (topic === undefined || row.topics.includes(topic)))
    .map(row => row.group)
}

const keyOf = (row: Pick<LagRow, 'topic' | 'brokerName' | 'queueId'>): string =>
  `${row.topic}\n${row.brokerName}\n${row.queueId}`

/** Who holds which queue of a group, as its members tell; those that do not tell are in `warnings`. */
export const holders = async (
  admin: Admin,
  group: string
): Promise<{ readonly of: (row: LagRow) => string | undefined; readonly warnings: readonly string[] }> => {
  const { members } = await admin.groupMembers(group)
  const clients = new Map<string, string>()
  const warnings: string[] = []
  await mapBounded(members, async ({ clientId }) => {
    try {
      const { queues } = await admin.groupMember({ group, clientId })
      for (const queue of queues) if (!queue.dropped) clients.set(keyOf(queue), clientId)
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      warnings.push(`which queues ${clientId} holds is unknown: ${errorText(error)}`)
    }
  })
  return { of: row => clients.get(keyOf(row)), warnings }
}

/** The lines of a group. Pure. */
export const lagLines = ({ group, queues }: GroupLag, by: LagView, holder: (row: LagRow) => string | undefined) => {
  const lines = new Map<string, LagLine>()
  for (const row of queues) {
    const clientId = holder(row)
    const key = by === 'queue' ? keyOf(row) : by === 'topic' ? row.topic : `${row.topic}\n${clientId ?? ''}`
    const before = lines.get(key)
    const who = by === 'topic' || clientId === undefined ? {} : { clientId }
    lines.set(key, { group, topic: row.topic, queues: [...(before?.queues ?? []), row], ...who })
  }
  return [...lines.values()]
}

export interface Thresholds {
  /** Most messages that may wait, in all queues of a group. */
  readonly max?: number | undefined
  /** How long a message may wait, milliseconds. */
  readonly maxAgeMs?: number | undefined
}

/** One sentence for each threshold that a group has passed. */
export const passed = async (
  admin: Admin,
  { group, lag, queues }: GroupLag,
  { max, maxAgeMs }: Thresholds,
  nowMs: number
): Promise<string[]> => {
  const findings = max !== undefined && lag > max ? [`${group} lags ${lag} messages, more than ${max}`] : []
  if (maxAgeMs === undefined) return findings
  const waiting = queues.filter(row => row.lag > 0)
  const ages = await mapBounded(waiting, async row => nowMs - (await waitsSince(admin, row, nowMs)))
  const oldest = Math.max(0, ...ages)
  if (oldest > maxAgeMs) {
    findings.push(`a message of ${group} has waited ${Math.round(oldest / 1000)} s, more than ${maxAgeMs / 1000} s`)
  }
  return findings
}

/** Store time of the first message that was not consumed; now, when it is there no more. */
const waitsSince = async (admin: Admin, row: LagRow, nowMs: number): Promise<number> => {
  try {
    const { storedMs } = await admin.messageByOffset(row.topic, row.brokerName, row.queueId, row.consumerOffset)
    return storedMs
  } catch (error) {
    if (error instanceof MqError && error.code === 'MQ_NOT_FOUND') return nowMs
    throw error
  }
}
