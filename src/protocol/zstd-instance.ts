/**
 * Zstandard in WebAssembly, for a Node without its own. The package keeps one instance for a whole process, and a second
 * `init` of it (by another copy of this module, or by another package) mixes the functions of the first with the memory
 * of the second: every call after it reads and writes at wrong places. So each copy of this module has an instance that
 * nobody else can reach, and takes a new one after any error but a plain refusal, whatever that error left behind.
 */
import type * as Zstd from '@bokuweb/zstd-wasm'
import { ownCopyOf } from '../kit/own-copy.ts'

/** Its memory ends at 2 GiB, and it does not look whether it got what it asked for; in and out together stay below. */
const workBytesMax = 1024 * 1024 * 1024

const start = async (): Promise<typeof Zstd> => {
  const copy = ownCopyOf('@bokuweb/zstd-wasm') as typeof Zstd
  await copy.init()
  return copy
}

/** A frame that zstd itself refuses, in the package's words: all is freed by then. A new instance costs milliseconds. */
const isRefusal = (error: unknown): boolean => (error as Error).message.startsWith('Failed to compress with code ')

let current: Promise<typeof Zstd> | undefined

/** One call, which runs to its end before another begins. What it returns is a copy outside of the instance's memory. */
const using = async (call: (zstd: typeof Zstd) => Uint8Array): Promise<Buffer> => {
  current ??= start()
  const used = current
  try {
    const { buffer, byteOffset, byteLength } = call(await used)
    return Buffer.from(buffer, byteOffset, byteLength)
  } catch (error) {
    if (current === used && !isRefusal(error)) current = undefined
    throw error
  }
}

const checkWork = (bytes: number): void => {
  if (bytes > workBytesMax)
    throw new RangeError(`zstd on this version of Node.js works on ${workBytesMax} bytes at most`)
}

/** Rejects with RangeError when the body is too large to work on. */
export const zstdWasmPack = async (body: Buffer, level: number): Promise<Buffer> => {
  // What comes out may be larger than what goes in.
  checkWork(body.length * 2)
  return using(zstd => zstd.compress(body, level))
}

/** `bytesMax` bounds the content of the frame. Rejects when the frame is broken, or too large to work on. */
export const zstdWasmUnpack = async (frame: Buffer, bytesMax: number): Promise<Buffer> => {
  checkWork(frame.length + bytesMax)
  return using(zstd => zstd.decompress(frame, { defaultHeapSize: bytesMax }))
}
