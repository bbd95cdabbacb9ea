/**
 * Bodies that are smaller on the way, as the type bits of a message's sysFlag say: zlib, LZ4 in frames, zstd. What comes
 * in is not trusted: its size is bounded before anything is decoded. Java: CompressionType, CompressorFactory.
 */
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { MqError } from '../kit/errors.ts'
import { lz4Compress, lz4Decompress, lz4Extent } from './lz4.ts'
import { type Compression, compressionOf, messageFlags } from './system-flags.ts'
import { zstdExtent, zstdPack, zstdUnpack } from './zstd.ts'

/** What a body may grow to, unless told otherwise; bytes. Brokers take messages of 4 MiB unless set otherwise. */
export const decompressedBytesMax = 32 * 1024 * 1024

const deflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflate)
const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate)

/** The type bits beside COMPRESSED; readers before 5.0 look at COMPRESSED alone, and know nothing but zlib. */
const typeBits: Readonly<Record<Exclude<Compression, 'none'>, number>> = { lz4: 0x100, zstd: 0x200, zlib: 0x300 }

/** The levels that a kind has; LZ4 has one. */
export const levelsOf: Readonly<Record<Compression, readonly [least: number, most: number]>> = {
  none: [0, 0],
  lz4: [0, 0],
  zlib: [0, 9],
  zstd: [1, 22]
}

/** The smaller body and its sysFlag, or undefined when it would not get smaller. */
export const compress = async (
  kind: Compression,
  body: Buffer,
  level: number
): Promise<{ readonly body: Buffer; readonly sysFlag: number } | undefined> => {
  if (kind === 'none') return undefined
  const coders = {
    zlib: () => deflate(body, { level }),
    lz4: () => lz4Compress(body),
    zstd: () => zstdPack(body, level)
  }
  const smaller = await coders[kind]()
  return smaller.length < body.length ? { body: smaller, sysFlag: messageFlags.COMPRESSED | typeBits[kind] } : undefined
}

/** The body as its sender wrote it. Rejects with MQ_MESSAGE_INVALID: an unknown type, broken bytes, more than `bytesMax`. */
export const decompress = async (sysFlag: number, body: Buffer, bytesMax = decompressedBytesMax): Promise<Buffer> => {
  const kind = compressionOf(sysFlag)
  if (kind === 'none') return body
  if (kind === undefined) throw invalid('a body is compressed in a way that no version of RocketMQ defines')
  try {
    if (kind === 'zlib') return await inflate(body, { maxOutputLength: bytesMax })
    const extent = kind === 'lz4' ? lz4Extent(body) : zstdExtent(body)
    if (extent.bytesMax > bytesMax) throw tooLarge(kind, bytesMax)
    const frame = body.subarray(0, extent.end)
    return await (kind === 'lz4' ? lz4Decompress(frame) : zstdUnpack(frame, Math.max(1, extent.bytesMax)))
  } catch (error) {
    if (error instanceof MqError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(kind, bytesMax)
    throw invalid(`a body that should be compressed with ${kind} is not: ${(error as Error).message}`)
  }
}

const invalid = (text: string): MqError => new MqError('MQ_MESSAGE_INVALID', text)

const tooLarge = (kind: string, bytesMax: number): MqError =>
  invalid(`a body compressed with ${kind} may be larger than the ${bytesMax} bytes that decompressedBytesMax allows`)
