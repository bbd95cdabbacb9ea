/**
 * How far the store had come, told outside of LevelDB: two slots in a plain file, written in turn, each with a CRC. At start
 * they are compared with what the databases hold: LevelDB opens "successfully" after losing a part of its manifest.
 */

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { readLong, writeLong } from '../protocol/long.ts'
import type { SyncFile } from './durable-files.ts'

export interface CheckpointValues {
  /** End of the log that survives a power cut. */
  readonly logEnd: number
  /** End of the log that consume queues cover on disk. */
  readonly queuesEnd: number
  /** End of the log that the key index covers on disk. */
  readonly indexEnd: number
  /** Number of the last batch of the meta database. */
  readonly metaSequence: number
  /** The last store time, milliseconds since 1970. */
  readonly storeTimestamp: number
  /** 1 after an orderly close. */
  readonly clean: number
}

const fields = ['logEnd', 'queuesEnd', 'indexEnd', 'metaSequence', 'storeTimestamp', 'clean'] as const
/** Slots do not share a sector, so that a torn write takes only one. */
const slotBytes = 4096
const usedBytes = 8 + 8 + fields.length * 8 + 4
const magic = 0x6d71_6370

/** `magic 4 · version 4 · sequence 8 · values 8 each · CRC-32 4`. */
export const encodeSlot = (sequence: number, values: CheckpointValues): Buffer => {
  const slot = Buffer.alloc(slotBytes)
  slot.writeUInt32BE(magic, 0)
  slot.writeUInt32BE(1, 4)
  writeLong(slot, sequence, 8)
  for (const [i, field] of fields.entries()) writeLong(slot, values[field], 16 + i * 8)
  slot.writeUInt32BE(crc32(slot.subarray(0, usedBytes - 4)), usedBytes - 4)
  return slot
}

export const decodeSlot = (slot: Buffer): { sequence: number; values: CheckpointValues } | undefined => {
  if (slot.length < usedBytes || slot.readUInt32BE(0) !== magic || slot.readUInt32BE(4) !== 1) return undefined
  if (slot.readUInt32BE(usedBytes - 4) !== crc32(slot.subarray(0, usedBytes - 4))) return undefined
  const value = (field: (typeof fields)[number]): number => readLong(slot, 16 + fields.indexOf(field) * 8)
  return {
    sequence: readLong(slot, 8),
    values: {
      logEnd: value('logEnd'),
      queuesEnd: value('queuesEnd'),
      indexEnd: value('indexEnd'),
      metaSequence: value('metaSequence'),
      storeTimestamp: value('storeTimestamp'),
      clean: value('clean')
    }
  }
}

export class Checkpoint {
  readonly #path: string
  readonly #file: FileHandle
  readonly #syncFile: SyncFile
  #sequence: number
  /** What the file said when it was opened; undefined when no slot is whole. */
  readonly values: CheckpointValues | undefined

  private constructor(path: string, file: FileHandle, syncFile: SyncFile, slots: Buffer) {
    this.#path = path
    this.#file = file
    this.#syncFile = syncFile
    const first = decodeSlot(slots.subarray(0, slotBytes))
    const second = decodeSlot(slots.subarray(slotBytes, 2 * slotBytes))
    const newest = first !== undefined && (second === undefined || first.sequence > second.sequence) ? first : second
    this.#sequence = newest?.sequence ?? 0
    this.values = newest?.values
  }

  static async open(path: string, syncFile: SyncFile): Promise<Checkpoint> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    const slots = Buffer.alloc(2 * slotBytes)
    await file.read(slots, 0, slots.length, 0)
    return new Checkpoint(path, file, syncFile, slots)
  }

  /** Durable when it resolves. Calls do not overlap: the caller waits. */
  async write(values: CheckpointValues, halfWritten?: () => Promise<void> | void): Promise<void> {
    const sequence = ++this.#sequence
    const slot = encodeSlot(sequence, values)
    const at = (sequence % 2) * slotBytes
    if (halfWritten !== undefined) {
      await this.#file.write(slot, 0, 20, at)
      await halfWritten()
    }
    await this.#file.write(slot, 0, slotBytes, at)
    await this.#syncFile(this.#file, this.#path)
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}
