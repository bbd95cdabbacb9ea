/** `--compress`: how bodies travel and are stored. Pure. */
import type { ProducerSettings } from '../client/producer.ts'
import { MqError } from '../kit/errors.ts'

const levelsMax: ReadonlyMap<string, number> = new Map([
  ['zlib', 9],
  ['lz4', 0],
  ['zstd', 22]
])

export interface Compress {
  readonly type: 'zlib' | 'lz4' | 'zstd'
  readonly level: number | undefined
}

/** Reads `zlib`, `zstd:9`. Throws MQ_USAGE. */
export const parseCompress = (text: string): Compress => {
  const match = /^(zlib|lz4|zstd)(?::(\d{1,2}))?$/.exec(text)
  const level = match?.[2] === undefined ? undefined : Number(match[2])
  if (match === null || (level !== undefined && (level < 1 || level > levelsMax.get(match[1]!)!))) {
    const has = Array.from(levelsMax, ([type, max]) => (max === 0 ? type : `${type}[:1-${max}]`))
    throw new MqError('MQ_USAGE', `--compress ${JSON.stringify(text)} is none of ${has.join(', ')}`)
  }
  return { type: match[1] as Compress['type'], level }
}

/** The producer's settings for it: every body is compressed that gets smaller by it. */
export const compressSettings = (text: string | undefined): Partial<ProducerSettings> => {
  if (text === undefined) return {}
  const { type, level } = parseCompress(text)
  return { compression: type, compressAboveBytes: 0, ...(level === undefined ? {} : { compressionLevel: level }) }
}
