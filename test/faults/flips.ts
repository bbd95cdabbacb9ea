/** Where one byte of a store can be flipped: by kind of database and kind of file, so that every kind gets its share. */
import { closeSync, openSync, readdirSync, readSync, statSync, writeSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Seeded } from '../support/seeded.ts'

export interface Flip {
  readonly kind: string
  readonly file: string
  readonly at: number
  readonly from: number
  readonly to: number
}

type Part = readonly [name: string, start: (size: number) => number, end: (size: number) => number]

const whole: readonly Part[] = [['', () => 0, size => size]]
/** LevelDB's table: blocks of data, then the index of blocks, then a footer of 48 bytes. */
const tableParts: readonly Part[] = [
  [' data', () => 0, size => Math.floor(size * 0.9)],
  [' index', size => Math.max(0, size - 48 - 400), size => size - 48],
  [' footer', size => Math.max(0, size - 48), size => size]
]

const fileKind = (name: string): string => {
  if (/^\d+\.log$/.test(name)) return 'write-ahead log'
  if (/^\d+\.(ldb|sst)$/.test(name)) return 'table'
  if (name.startsWith('MANIFEST-')) return 'MANIFEST'
  if (name === 'CURRENT') return 'CURRENT'
  return name.replace(/\d+/g, '#')
}

/** LevelDB's own notes: never read back. */
const isNote = (name: string): boolean => /^LOG(\.old)?$|^LOCK$/.test(name)

/** kind → places of that kind. */
export const flippable = (dir: string): Map<string, { file: string; start: number; end: number }[]> => {
  const kinds = new Map<string, { file: string; start: number; end: number }[]>()
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || isNote(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const { size } = statSync(file)
    const path = relative(dir, file)
    const database = path.includes(sep) ? path.split(sep)[0]! : 'store'
    const kind = fileKind(entry.name)
    for (const [name, start, end] of kind === 'table' ? tableParts : whole) {
      const place = { file, start: start(size), end: end(size) }
      if (place.end <= place.start) continue
      const full = `${database}: ${kind}${name}`
      kinds.set(full, [...(kinds.get(full) ?? []), place])
    }
  }
  return kinds
}

/** Flips one byte of a file of this kind; the directory must be a copy. */
export const flip = (dir: string, kind: string, random: Seeded): Flip => {
  const places = flippable(dir).get(kind)
  if (places === undefined) throw new Error(`no file of the kind ${kind}`)
  const { file, start, end } = random.pick(places)
  const at = random.whole(start, end - 1)
  const handle = openSync(file, 'r+')
  try {
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, at)
    const from = byte[0]!
    const to = from ^ (random.real() < 0.5 ? 1 << random.whole(0, 7) : random.whole(1, 255))
    writeSync(handle, Buffer.from([to]), 0, 1, at)
    return { kind, file: relative(dir, file), at, from, to }
  } finally {
    closeSync(handle)
  }
}
