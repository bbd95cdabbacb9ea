/** Dead letters from the command line: finding one, and sending some of them again. */
import type { Admin, MessageRow } from '../admin/admin.ts'
import type { ParkedRow, ReplayRow } from '../admin/message-acts.ts'
import { parkedTopic } from '../admin/parked-topic.ts'
import { type Clock, systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { ListResult } from './command.ts'
import { eachMessage, rowFilter, type WindowFlags } from './message-search.ts'
import { pace } from './pace.ts'
import type { Column } from './table.ts'

/** The sentence of a group that has none, instead of one about a topic that nobody named. */
export const ofGroup = async <T>(kind: 'dlq' | 'retry', group: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof MqError) || error.code !== 'MQ_TOPIC_NOT_FOUND') throw error
    const what = kind === 'dlq' ? 'dead letters' : 'messages that are tried again'
    throw new MqError('MQ_NOT_FOUND', `the group ${group} has no ${what}`, {
      suggestions: [`mq ${kind} list shows the groups that have some`]
    })
  }
}

export const parkedColumns: readonly Column<ParkedRow>[] = [
  { title: 'GROUP', value: row => row.group },
  { title: 'MESSAGES', value: row => row.messages, align: 'right' },
  { title: 'LAST', value: row => row.lastUpdate },
  { title: 'TOPIC', value: row => row.topic, wide: true }
]

/** In the group's dead letters, or in those of all groups. Rejects with MQ_NOT_FOUND. */
export const deadLetter = async (admin: Admin, id: string, group: string | undefined): Promise<MessageRow> => {
  const groups = group === undefined ? (await admin.parkedGroups('dlq')).items.map(row => row.group) : [group]
  for (const name of groups) {
    try {
      return await ofGroup('dlq', name, () => admin.messageById(parkedTopic('dlq', name), id))
    } catch (error) {
      if (!(error instanceof MqError) || error.code !== 'MQ_NOT_FOUND' || group !== undefined) throw error
    }
  }
  throw new MqError('MQ_NOT_FOUND', `no group has a dead letter with the id ${id}`)
}

export interface ReplayFlags extends Omit<WindowFlags, 'limit'> {
  readonly group: string
  readonly ids: readonly string[] | undefined
  readonly toTopic: string | undefined
  /** Messages a second. */
  readonly rate: number | undefined
  readonly dryRun: boolean
}

const atOnce = 32

/** Those that fit, oldest first, one after the other. */
export const replay = async (
  admin: Admin,
  flags: ReplayFlags,
  clock: Clock = systemClock
): Promise<ListResult<ReplayRow>> => {
  const items: ReplayRow[] = []
  const warnings = new Set<string>()
  const steady = flags.rate === undefined ? undefined : pace(flags.rate, clock)
  const { group, toTopic: to, dryRun } = flags
  for await (const ids of chunks(
    wantedIds(admin, flags, warning => warnings.add(warning)),
    steady ? 1 : atOnce
  )) {
    await steady?.wait(items.length)
    const wish = { group, ids, to, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: ids.length, dryRun }
    const done = await ofGroup('dlq', group, () => admin.replayDeadLetters(wish))
    items.push(...done.items)
    for (const warning of done.warnings) warnings.add(warning)
  }
  return { items, truncated: false, next: null, warnings: [...warnings] }
}

async function* wantedIds(admin: Admin, flags: ReplayFlags, warned: (warning: string) => void): AsyncGenerator<string> {
  if (flags.ids !== undefined) {
    yield* flags.ids
    return
  }
  // Letters that come in meanwhile are left for the next time: a consumer that fails again must not make this endless.
  const now = systemClock.now()
  const fits = rowFilter({ grep: flags.grep })
  const rows = eachMessage(admin, parkedTopic('dlq', flags.group), { ...flags, grep: undefined }, warned)
  const first = await ofGroup('dlq', flags.group, () => rows.next())
  for (let next = first; next.done !== true; next = await rows.next()) {
    if (next.value.storedMs > now) return
    if (fits(next.value)) yield next.value.offsetMessageId
  }
}

async function* chunks<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<readonly Item[]> {
  let chunk: Item[] = []
  for await (const item of items) {
    chunk.push(item)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
