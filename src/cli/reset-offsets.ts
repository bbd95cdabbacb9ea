/**
 * Moving a group's offsets from the command line: a preview first, then exactly that. The file for undoing holds what
 * was committed before; `mq group offsets import` puts it back.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import type { Admin } from '../admin/admin.ts'
import type { GroupOffsets, TopicQueueOffset } from '../admin/group-acts.ts'
import type { QueueOffset, ResetResult, ResetRow, ResetTarget, ResetWish } from '../admin/group-rows.ts'
import { systemClock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { parseOffsets } from './offsets.ts'

type Where = Pick<ResetWish, 'group' | 'topic' | 'queueId' | 'brokerName'>

/** What `--to` means: `start`, `end`, an offset, `@TIME`, or `+N` and `-N` from the ends of each queue. */
export const planReset = async (admin: Admin, where: Where, to: string): Promise<ResetResult> => {
  const { from: spot, to: end } = parseOffsets(to, systemClock.now())
  if (end !== undefined) throw new MqError('MQ_USAGE', `--to ${to} is a range; name one place, such as start or @-1h`)
  const plan = (target: ResetTarget): Promise<ResetResult> => admin.resetOffset({ ...where, to: target, dryRun: true })
  switch (spot.at) {
    case 'start':
    case 'end':
      return plan({ kind: spot.at })
    case 'offset':
      return plan({ kind: 'offset', offset: spot.offset })
    case 'time':
      return plan({ kind: 'time', timeMs: spot.timeMs })
    default: {
      const { queues } = await plan({ kind: 'start' })
      const offset = ({ minOffset, maxOffset }: ResetRow): number =>
        spot.at === 'after-start'
          ? Math.min(maxOffset, minOffset + spot.messages)
          : Math.max(minOffset, maxOffset - spot.messages)
      return plan({ kind: 'offsets', offsets: queues.map(row => ({ ...placeOf(row), offset: offset(row) })) })
    }
  }
}

const placeOf = ({ brokerName, queueId }: ResetRow): Omit<QueueOffset, 'offset'> => ({ brokerName, queueId })

/** Each queue to the offset that the preview showed, whatever was sent meanwhile. */
export const doReset = (admin: Admin, { group, topic, queues }: ResetResult): Promise<ResetResult> =>
  admin.resetOffset({
    group,
    topic,
    to: { kind: 'offsets', offsets: queues.map(row => ({ ...placeOf(row), offset: row.to })) }
  })

/** What a preview would take away, as a file. Throws MQ_USAGE when the file is there, or cannot be written. */
export const writeUndo = (path: string, { group, topic, queues }: ResetResult): void => {
  const offsets = queues.flatMap(row => (row.from === undefined ? [] : [{ topic, ...placeOf(row), offset: row.from }]))
  writeOffsets(path, { group, offsets, warnings: [] })
}

/** Never over a file that is there: it may be the only way back from an earlier reset. */
export const writeOffsets = (path: string, { group, offsets }: GroupOffsets): void => {
  if (existsSync(path)) throw new MqError('MQ_USAGE', `the file ${path} is there already, so it was not written over`)
  try {
    writeFileSync(path, `${JSON.stringify({ group, offsets }, undefined, 2)}\n`, { flag: 'wx' })
  } catch (error) {
    throw new MqError('MQ_USAGE', `the file ${path} cannot be written: ${errorText(error)}`)
  }
}

export interface OffsetsFile {
  readonly group: string
  readonly offsets: readonly TopicQueueOffset[]
}

/** `-` = standard input. Rejects with MQ_USAGE for what is no such file. */
export const readOffsets = async (path: string): Promise<OffsetsFile> => {
  let text: string
  try {
    text = path === '-' ? await textOf(process.stdin) : await readFile(path, 'utf8')
  } catch (error) {
    throw new MqError('MQ_USAGE', `the file ${path} cannot be read: ${errorText(error)}`)
  }
  let value: Partial<OffsetsFile> | null
  try {
    value = JSON.parse(text) as Partial<OffsetsFile> | null
  } catch (error) {
    throw new MqError('MQ_USAGE', `the file ${path} is no JSON: ${errorText(error)}`)
  }
  const { group, offsets } = value ?? {}
  if (typeof group !== 'string' || !Array.isArray(offsets) || !offsets.every(isOffset)) {
    throw new MqError('MQ_USAGE', `the file ${path} holds no offsets, as \`mq group offsets export\` writes them`)
  }
  return { group, offsets }
}

const isOffset = (entry: Partial<TopicQueueOffset> | null): boolean =>
  typeof entry?.topic === 'string' &&
  typeof entry.brokerName === 'string' &&
  isCount(entry.queueId) &&
  isCount(entry.offset)

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/** One reset for each topic of the file. */
export const importOffsets = async (
  admin: Admin,
  group: string,
  offsets: readonly TopicQueueOffset[],
  dryRun: boolean
): Promise<ResetResult[]> => {
  const byTopic = new Map<string, QueueOffset[]>()
  for (const { topic, ...place } of offsets) byTopic.set(topic, [...(byTopic.get(topic) ?? []), place])
  const results: ResetResult[] = []
  for (const [topic, of] of byTopic) {
    results.push(await admin.resetOffset({ group, topic, to: { kind: 'offsets', offsets: of }, dryRun }))
  }
  return results
}

/** What a plan or its effect comes to, in one line. */
export const resetSummary = ({ group, topic, online, dryRun, replayed, skipped, queues }: ResetResult): string => {
  const parts = [
    ...(replayed > 0 ? [`${replayed} messages ${dryRun ? 'would be' : 'will be'} consumed again`] : []),
    ...(skipped > 0 ? [`${skipped} messages ${dryRun ? 'would be' : 'are'} skipped`] : [])
  ]
  const effect = parts.length === 0 ? 'nothing changes' : parts.join(', ')
  return `${group} (${online ? 'online' : 'offline'}) on ${queues.length} queues of ${topic}: ${effect}`
}
