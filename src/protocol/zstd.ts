/**
 * Zstandard: Node's own where it has one (22.15 and later), otherwise the WebAssembly of zstd-instance.ts, which is
 * loaded when it is first needed and works in the caller's thread.
 */
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { FrameExtent } from './frame-extent.ts'
import { zstdWasmPack, zstdWasmUnpack } from './zstd-instance.ts'

const magic = 0xfd2fb528
const blockBytesMax = 128 * 1024
/** ZSTD_c_compressionLevel. */
const levelParameter = 100

type Coder = (body: Buffer, options: object, done: (error: Error | null, result: Buffer) => void) => void
/** Types of Node 20 do not know them. */
const { zstdCompress, zstdDecompress } = zlib as { readonly zstdCompress?: Coder; readonly zstdDecompress?: Coder }

export const zstdPack = async (body: Buffer, level: number): Promise<Buffer> => {
  if (zstdCompress === undefined) return zstdWasmPack(body, level)
  return promisify<Buffer, object, Buffer>(zstdCompress)(body, { params: { [levelParameter]: level } })
}

/** The caller has measured the frame: `frame` ends where it ends, and its content has at most `bytesMax` bytes. */
export const zstdUnpack = async (frame: Buffer, bytesMax: number): Promise<Buffer> => {
  if (zstdDecompress === undefined) return zstdWasmUnpack(frame, bytesMax)
  return promisify<Buffer, object, Buffer>(zstdDecompress)(frame, { maxOutputLength: bytesMax })
}

/** Walks over the blocks of the first frame without decoding them. Throws RangeError when it is cut short or is none. */
export const zstdExtent = (body: Buffer): FrameExtent => {
  if (body.readUInt32LE(0) !== magic) throw new RangeError('no zstd frame')
  const flags = body.readUInt8(4)
  const isSingle = (flags & 32) !== 0
  const dictionaryBytes = [0, 1, 2, 4][flags & 3]!
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6]!
  const sizeAt = 5 + (isSingle ? 0 : 1) + dictionaryBytes
  let at = sizeAt + sizeBytes
  let bytesMax = 0
  for (let isLast = false; !isLast; ) {
    const word = body.readUIntLE(at, 3)
    const [type, size] = [(word >> 1) & 3, word >> 3]
    isLast = (word & 1) === 1
    bytesMax += type === 2 ? blockBytesMax : size
    at += 3 + (type === 1 ? 1 : size)
  }
  const end = at + ((flags & 4) === 0 ? 0 : 4)
  if (end > body.length) throw new RangeError('a zstd frame that is cut short')
  return { end, bytesMax: Math.max(bytesMax, declaredSize(body, sizeAt, sizeBytes)) }
}

const declaredSize = (body: Buffer, at: number, bytes: number): number => {
  if (bytes === 0) return 0
  if (bytes === 8) return Number(body.readBigUInt64LE(at))
  return body.readUIntLE(at, bytes) + (bytes === 2 ? 256 : 0)
}
