/** Settings of brokers: compared, changed at one or at many, and edited as a text. */
import type { Admin } from '../admin/admin.ts'
import { etagOf } from '../admin/settings-etag.ts'
import type { ConfigEntry } from '../admin/shared-rows.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { ConfigChangeRow, ConfigDifference } from './result-rows.ts'
import { parseSettings } from './settings.ts'
import type { Column } from './table.ts'

export const configChangeColumns: readonly Column<ConfigChangeRow>[] = [
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'KEY', value: row => row.key },
  { title: 'BEFORE', value: row => row.before },
  { title: 'AFTER', value: row => row.after },
  { title: 'OUTCOME', value: row => row.outcome },
  { title: 'WHY', value: row => row.error ?? '' }
]

export const differenceColumns = (left: string, right: string): readonly Column<ConfigDifference>[] => [
  { title: 'KEY', value: row => row.key },
  { title: left.toUpperCase(), value: row => row.left },
  { title: right.toUpperCase(), value: row => row.right }
]

/** Rejects with the first failure when it failed at every broker. Undefined = the only broker there is. */
export const changeSettings = async (
  admin: Admin,
  brokers: readonly (string | undefined)[],
  entries: readonly ConfigEntry[],
  dryRun: boolean
): Promise<readonly ConfigChangeRow[]> => {
  const rows: ConfigChangeRow[] = []
  const errors: MqError[] = []
  for (const broker of brokers) {
    try {
      const read = await admin.brokerConfig(broker)
      rows.push(...(await changeAt(admin, broker, read, entries, dryRun)))
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      errors.push(error)
      const failed = { brokerName: broker ?? '-', outcome: 'failed', error: errorText(error) } as const
      rows.push(...entries.map(({ key, value }) => ({ ...failed, key, after: value })))
    }
  }
  if (errors.length > 0 && errors.length === brokers.length) throw errors[0]!
  return rows
}

/** Only while the settings are still those that were read. */
export const changeAt = async (
  admin: Admin,
  broker: string | undefined,
  read: readonly ConfigEntry[],
  entries: readonly ConfigEntry[],
  dryRun: boolean
): Promise<readonly ConfigChangeRow[]> => {
  const before = new Map(read.map(entry => [entry.key, entry.value]))
  const after = await admin.setBrokerConfig(broker, entries, { ifMatch: etagOf(read), dryRun })
  const brokerName = before.get('brokerName') ?? broker ?? '-'
  return after.map(({ key, value }) => {
    const known = before.get(key)
    const outcome = known === value ? 'unchanged' : dryRun ? 'planned' : 'done'
    return { brokerName, key, ...(known === undefined ? {} : { before: known }), after: value, outcome }
  })
}

/** Settings that differ, by key. */
export const differences = (left: readonly ConfigEntry[], right: readonly ConfigEntry[]): ConfigDifference[] => {
  const [ofLeft, ofRight] = [left, right].map(entries => new Map(entries.map(entry => [entry.key, entry.value])))
  const keys = [...new Set([...ofLeft!.keys(), ...ofRight!.keys()])].sort()
  return keys.flatMap(key => {
    const [one, other] = [ofLeft!.get(key), ofRight!.get(key)]
    if (one === other) return []
    return [{ key, ...(one === undefined ? {} : { left: one }), ...(other === undefined ? {} : { right: other }) }]
  })
}

/** The settings as a text to edit. */
export const settingsText = (brokerName: string, entries: readonly ConfigEntry[]): string =>
  [
    `# Settings of ${brokerName}. Lines that you change are changed at the broker; lines that you remove stay as they are.`,
    ...entries.map(({ key, value }) => `${key}=${value}`),
    ''
  ].join('\n')

/** What an edited text changes. Throws MQ_USAGE for a line that is no setting. */
export const editedSettings = (read: readonly ConfigEntry[], text: string): ConfigEntry[] => {
  const before = new Map(read.map(entry => [entry.key, entry.value]))
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '' && !line.startsWith('#'))
  return parseSettings(lines).filter(({ key, value }) => before.get(key) !== value)
}
