/** LZ4 in its frame format, the one that Java's clients send; the one door of lz4-napi, which is loaded when it is first needed. */
import type * as Native from 'lz4-napi'
import type { FrameExtent } from './frame-extent.ts'

const magic = 0x184d2204
const blockBytesMax = [0, 0, 0, 0, 64 * 1024, 256 * 1024, 1024 * 1024, 4 * 1024 * 1024] as const
/** No sequence of LZ4 makes more than 255 bytes of one. */
const growth = 255
const plainBit = 0x8000_0000

let loading: Promise<typeof Native> | undefined
const native = (): Promise<typeof Native> => {
  loading ??= import('lz4-napi')
  return loading
}

export const lz4Compress = async (body: Buffer): Promise<Buffer> => (await native()).compressFrame(body)

/** The caller has measured the frame: `frame` ends where it ends. */
export const lz4Decompress = async (frame: Buffer): Promise<Buffer> => (await native()).decompressFrame(frame)

/** Walks over the blocks of the first frame without decoding them. Throws RangeError when it is cut short or is none. */
export const lz4Extent = (body: Buffer): FrameExtent => {
  if (body.readUInt32LE(0) !== magic) throw new RangeError('no LZ4 frame')
  const flags = body.readUInt8(4)
  const blockMax = blockBytesMax[(body.readUInt8(5) >> 4) & 7]!
  if (flags >> 6 !== 1 || blockMax === 0) throw new RangeError('an LZ4 frame of an unknown version')
  const [hasBlockSums, hasSize, hasSum, hasDictionary] = [flags & 16, flags & 8, flags & 4, flags & 1]
  const declared = hasSize === 0 ? 0 : Number(body.readBigUInt64LE(6))
  let at = 7 + (hasSize === 0 ? 0 : 8) + (hasDictionary === 0 ? 0 : 4)
  let bytesMax = 0
  for (;;) {
    const word = body.readUInt32LE(at)
    at += 4
    if (word === 0) break
    const size = word & 0x7fff_ffff
    bytesMax += (word & plainBit) === 0 ? Math.min(blockMax, size * growth) : size
    at += size + (hasBlockSums === 0 ? 0 : 4)
  }
  const end = at + (hasSum === 0 ? 0 : 4)
  if (end > body.length) throw new RangeError('an LZ4 frame that is cut short')
  return { end, bytesMax: Math.max(bytesMax, declared) }
}
