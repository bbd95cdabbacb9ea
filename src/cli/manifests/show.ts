/** Manifests and plans as people read them. */
import { stringify } from 'yaml'
import type { ManifestDocument, ManifestRow } from '../result-rows.ts'
import type { Column } from '../table.ts'

/** Documents with `---` between them. */
export const yamlText = (documents: readonly ManifestDocument[]): string =>
  documents.map(document => stringify(document, { lineWidth: 0 })).join('---\n')

const signs = { create: '+', update: '~', none: '=', skip: ' ' } as const

const changeText = ({ field, before, after }: ManifestRow['changes'][number]): string => {
  if (before === undefined) return `${field}=${after ?? ''}`
  return after === undefined ? `-${field}` : `${field} ${before}→${after}`
}

export const planColumns: readonly Column<ManifestRow>[] = [
  { title: '', value: row => signs[row.action] },
  { title: 'KIND', value: row => row.kind },
  { title: 'NAME', value: row => row.name },
  { title: 'BROKERS', value: row => row.brokers.join(','), wide: true },
  { title: 'OUTCOME', value: row => row.outcome },
  { title: 'CHANGE', value: row => row.error ?? row.changes.map(changeText).join(', ') }
]

/** `2 to create, 1 to change, 5 as they are`. */
export const planSummary = (rows: readonly ManifestRow[]): string => {
  const count = (action: ManifestRow['action']): number => rows.filter(row => row.action === action).length
  const skipped = count('skip') === 0 ? '' : `, ${count('skip')} passed over`
  return `${count('create')} to create, ${count('update')} to change, ${count('none')} as they are${skipped}`
}
