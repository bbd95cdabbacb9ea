/** The part of a table that a request for topics or groups asked for. Java: subTopicConfigTable, subGroupTable. */
import { type DataVersion, dataVersionShape, sameDataVersion } from '../protocol/bodies/data-version.ts'
import { readBody } from '../protocol/bodies/shape.ts'

export interface PageAsked {
  readonly from: number | undefined
  readonly most: number | undefined
  /** JSON of the version that the pages before were of. */
  readonly dataVersion: string | undefined
}

export interface PageLimits {
  readonly enableSplitMetadata: boolean
  readonly splitMetadataSize: number
}

/** All rows by name, or the page that was asked for; one of another version than the table's starts over at the first. */
export const pageOf = <T>(
  rows: Iterable<T>,
  nameOf: (row: T) => string,
  version: DataVersion,
  asked: PageAsked,
  limits: PageLimits
): Map<string, T> => {
  const sorted = Array.from(rows, row => [nameOf(row), row] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const { from, most, dataVersion } = asked
  const whole = from === undefined && most === undefined && dataVersion === undefined
  if (whole || !limits.enableSplitMetadata) return new Map(sorted)
  const current = dataVersion !== undefined && dataVersion.trim() !== '' && isVersion(dataVersion, version)
  const first = current ? Math.max(0, from ?? 0) : 0
  const size = Math.max(0, Math.min(limits.splitMetadataSize, most ?? limits.splitMetadataSize))
  return new Map(sorted.slice(first, first + size))
}

const isVersion = (text: string, version: DataVersion): boolean => {
  try {
    return sameDataVersion(readBody(dataVersionShape, text), version)
  } catch {
    return false
  }
}
