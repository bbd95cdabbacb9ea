/**
 * Bodies of `bench`: random bytes, so that nothing compresses them, after a header by which a receiver knows the run,
 * the number of the message, when it was due, and whether a byte has changed.
 */
import { crc32 } from 'node:zlib'
import { MqError } from '../../kit/errors.ts'
import type { Random } from '../../kit/random.ts'

/** Bytes of the header: mark 4, checksum of the rest 4, run 8, number 8, due time 8. */
export const headerBytes = 32
const mark = 0x6d716231

export interface Size {
  readonly bytes: number
  /** Share of the messages, relative to the others. */
  readonly weight: number
}

const units: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1024],
  ['m', 1024 * 1024]
])
const bytesMax = 4 * 1024 * 1024

/** Reads `1024`, `4k`, or a distribution `100:80,4k:15,64k:5`. Throws MQ_USAGE. */
export const parseSizes = (text: string): readonly Size[] =>
  text.split(',').map(part => {
    const match = /^(\d{1,8})(k|m|)(?::(\d{1,6}))?$/i.exec(part.trim())
    const bytes = match === null ? 0 : Number(match[1]) * units.get(match[2]!.toLowerCase())!
    const weight = Number(match?.[3] ?? 1)
    if (bytes < 1 || bytes > bytesMax || weight < 1) {
      throw new MqError('MQ_USAGE', `${JSON.stringify(part)} is no size from 1 to 4m, as 1024, 4k or 100:80,4k:20 are`)
    }
    return { bytes, weight }
  })

export interface BodyInfo {
  readonly run: number
  readonly number: number
  readonly due: number
}

export class Bodies {
  readonly #noise: Buffer
  readonly #sizes: readonly Size[]
  readonly #random: Random
  readonly #total: number
  readonly run: number

  constructor(sizes: readonly Size[], random: Random) {
    this.#sizes = sizes
    this.#random = random
    this.#total = sizes.reduce((sum, { weight }) => sum + weight, 0)
    this.#noise = Buffer.alloc(Math.max(...sizes.map(({ bytes }) => bytes)))
    for (let at = 0; at < this.#noise.length; at++) this.#noise[at] = Math.floor(random() * 256)
    this.run = Math.floor(random() * 2 ** 48)
  }

  /** A body of one of the sizes. One that is too small for the header has none. */
  make(number: number, due: number): Buffer {
    const body = Buffer.from(this.#noise.subarray(0, this.#pick()))
    if (body.length < headerBytes) return body
    body.writeUInt32BE(mark, 0)
    body.writeDoubleBE(this.run, 8)
    body.writeDoubleBE(number, 16)
    body.writeDoubleBE(due, 24)
    body.writeUInt32BE(crc32(body.subarray(8)), 4)
    return body
  }

  #pick(): number {
    let left = this.#random() * this.#total
    for (const { bytes, weight } of this.#sizes) {
      left -= weight
      if (left < 0) return bytes
    }
    return this.#sizes[0]!.bytes
  }
}

/** What the header says; undefined = not one of `bench`'s, `damaged` = it was one. */
export const readBody = (body: Buffer): BodyInfo | 'damaged' | undefined => {
  if (body.length < headerBytes || body.readUInt32BE(0) !== mark) return undefined
  if (body.readUInt32BE(4) !== crc32(body.subarray(8))) return 'damaged'
  return { run: body.readDoubleBE(8), number: body.readDoubleBE(16), due: body.readDoubleBE(24) }
}
