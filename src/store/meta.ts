/**
 * The meta database: small state in rows of JSON, always in atomic synced batches. It is opened first, and its lock is the
 * store's lock. Each row carries a CRC, and a row of its own holds the sum over all of them: LevelDB may drop keys without a
 * word when an index block is damaged, and a topic that is silently gone is worse than a store that refuses to start.
 */

import { crc32 } from 'node:zlib'
import { errorText, MqError } from '../kit/errors.ts'
import { readLong, writeLong } from '../protocol/long.ts'
import type { Meta, MetaChange, MetaTable } from './contract.ts'
import type { Database } from './database.ts'
import { headKey } from './keys.ts'

/** Tables of the store itself, beside those of the contract. */
export type StoreTable = 'store' | 'segment' | 'starts' | 'generation'

export interface StoreChange {
  readonly table: MetaTable | StoreTable
  readonly key: string
  readonly value: string | Buffer | undefined
}

const rowKey = (table: string, key: string): Buffer => Buffer.from(`${table}/${key}`)

/** `sequence 8 · number of rows 8 · xor of the rows' CRCs 4 · CRC-32 4`. */
const encodeHead = (sequence: number, count: number, xor: number): Buffer => {
  const head = Buffer.alloc(24)
  writeLong(head, sequence, 0)
  writeLong(head, count, 8)
  head.writeUInt32BE(xor >>> 0, 16)
  head.writeUInt32BE(crc32(head.subarray(0, 20)), 20)
  return head
}

const corrupt = (what: string): MqError =>
  new MqError('MQ_STORE_CORRUPT', `the meta database (topics, groups, offsets, segments) is damaged: ${what}`)

export class MetaStore implements Meta {
  readonly #database: Database
  /** CRC of each row, by its key as latin1. */
  #crcs = new Map<string, number>()
  #xor = 0
  #sequence = 0
  #last: Promise<void> = Promise.resolve()
  #broken = false

  private constructor(database: Database) {
    this.#database = database
  }

  /** `sequenceMin`: what the checkpoint saw; an older database has lost batches that were promised. */
  static async open(database: Database, sequenceMin: number): Promise<MetaStore> {
    const meta = new MetaStore(database)
    await meta.#load(sequenceMin)
    return meta
  }

  get sequence(): number {
    return this.#sequence
  }

  get isNew(): boolean {
    return this.#sequence === 0
  }

  async #load(sequenceMin: number): Promise<void> {
    this.#crcs = new Map()
    this.#xor = 0
    const head = await this.#database.get(headKey)
    await this.#database.scan({ gt: headKey }, entries => {
      for (const [key, value] of entries) {
        const crc = checkRow(key, value)
        this.#crcs.set(key.toString('latin1'), crc)
        this.#xor ^= crc
      }
      return true
    })
    if (head === undefined) {
      if (this.#crcs.size > 0 || sequenceMin > 0) throw corrupt('its head is missing')
      this.#sequence = 0
      return
    }
    if (head.length !== 24 || head.readUInt32BE(20) !== crc32(head.subarray(0, 20))) throw corrupt('its head is wrong')
    this.#sequence = readLong(head, 0)
    const count = readLong(head, 8)
    if (this.#sequence < sequenceMin) throw corrupt(`its batches ${this.#sequence + 1} to ${sequenceMin} are missing`)
    if (count !== this.#crcs.size) throw corrupt(`it has ${this.#crcs.size} rows and should have ${count}`)
    if (head.readUInt32BE(16) !== this.#xor >>> 0) throw corrupt('some of its rows are older than they should be')
  }

  async rows(table: MetaTable): Promise<Map<string, string>> {
    const rows = new Map<string, string>()
    for (const [key, value] of await this.raw(table)) rows.set(key, value.toString('utf8'))
    return rows
  }

  /** Rows of any table, as bytes. */
  async raw(table: MetaTable | StoreTable): Promise<Map<string, Buffer>> {
    const rows = new Map<string, Buffer>()
    const range = { gt: rowKey(table, ''), lt: Buffer.from(`${table}0`) }
    await this.#database.scan(range, entries => {
      for (const [key, value] of entries) {
        checkRow(key, value)
        rows.set(key.toString('utf8', table.length + 1), value.subarray(4))
      }
      return true
    })
    return rows
  }

  async row(table: StoreTable, key: string): Promise<Buffer | undefined> {
    const name = rowKey(table, key)
    const value = await this.#database.get(name)
    if (value === undefined) {
      if (this.#crcs.has(name.toString('latin1'))) throw corrupt(`row ${table}/${key} is missing`)
      return undefined
    }
    checkRow(name, value)
    return value.subarray(4)
  }

  write(changes: readonly MetaChange[]): Promise<void> {
    return this.change(changes)
  }

  /** One atomic, synced batch; batches keep the order of the calls. */
  change(changes: readonly StoreChange[]): Promise<void> {
    const written = this.#last.then(() => this.#write(changes))
    this.#last = written.catch(() => {})
    return written
  }

  /** Resolves when what was asked for before is written or has failed. */
  settled(): Promise<void> {
    return this.#last
  }

  async #write(changes: readonly StoreChange[]): Promise<void> {
    if (changes.length === 0) return
    try {
      if (this.#broken) await this.#repair()
      await this.#writeBatch(changes)
    } catch (error) {
      this.#broken = true
      if (error instanceof MqError) throw error
      throw new MqError('MQ_STORE_UNAVAILABLE', `the meta database could not be written: ${errorText(error)}`, {
        cause: error
      })
    }
  }

  async #writeBatch(changes: readonly StoreChange[]): Promise<void> {
    const crcs = new Map<string, number | undefined>()
    const batch = this.#database.batch()
    let xor = this.#xor
    let count = this.#crcs.size
    for (const { table, key, value } of changes) {
      const name = rowKey(table, key)
      const text = name.toString('latin1')
      const before = crcs.has(text) ? crcs.get(text) : this.#crcs.get(text)
      if (before !== undefined) {
        xor ^= before
        count--
      }
      if (value === undefined) {
        batch.del(name)
        crcs.set(text, undefined)
        continue
      }
      const row = sealRow(name, value)
      batch.put(name, row)
      const crc = row.readUInt32BE(0)
      crcs.set(text, crc)
      xor ^= crc
      count++
    }
    batch.put(headKey, encodeHead(this.#sequence + 1, count, xor))
    await batch.write({ sync: true })
    this.#sequence++
    this.#xor = xor
    for (const [text, crc] of crcs) {
      if (crc === undefined) this.#crcs.delete(text)
      else this.#crcs.set(text, crc)
    }
  }

  /** After a failed write: LevelDB must be opened anew, and what it holds then is what counts. */
  async #repair(): Promise<void> {
    await this.#database.reopen()
    await this.#load(this.#sequence)
    this.#broken = false
  }

  async close(): Promise<void> {
    await this.#last
    await this.#database.close()
  }
}

const sealRow = (key: Buffer, value: string | Buffer): Buffer => {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  const row = Buffer.allocUnsafe(4 + bytes.length)
  bytes.copy(row, 4)
  row.writeUInt32BE(crc32(bytes, crc32(key)), 0)
  return row
}

const checkRow = (key: Buffer, value: Buffer): number => {
  const crc = value.length < 4 ? -1 : value.readUInt32BE(0)
  if (crc !== crc32(value.subarray(4), crc32(key))) throw corrupt(`row ${key.toString('utf8')} is wrong`)
  return crc
}
