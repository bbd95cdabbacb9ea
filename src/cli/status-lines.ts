/** What a daemon says of itself, for people. Pure. */
import { table } from './table.ts'

/** As a daemon's control socket answers it. */
export interface StatusView {
  readonly kind: string
  readonly state: string
  readonly pid: number
  readonly version: string
  /** Milliseconds since 1970. */
  readonly startedMs: number
  readonly dataDir: string
  readonly addresses: Readonly<Record<string, string>>
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

const units: readonly (readonly [name: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000]
]

/** `2h 5m`: the two largest units. */
export const durationText = (ms: number): string => {
  const parts: string[] = []
  let rest = Math.max(0, ms)
  for (const [name, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || (parts.length === 0 && name === 's')) parts.push(`${count}${name}`)
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

export const statusLines = (status: StatusView, nowMs: number): string[] => {
  const rows: [string, string][] = [
    [`mq ${status.kind}`, `${status.state} for ${durationText(nowMs - status.startedMs)}`],
    ['pid', String(status.pid)],
    ['version', status.version],
    ...Object.entries(status.addresses),
    ['data', status.dataDir],
    ...Object.entries(status.facts).map(([name, value]): [string, string] => [name, String(value)])
  ]
  const columns = [
    { title: '', value: (row: [string, string]) => row[0] },
    { title: '', value: (row: [string, string]) => row[1] }
  ]
  return table(rows, columns, { width: undefined, color: false }).slice(1)
}
