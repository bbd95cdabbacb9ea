/**
 * The only door to LevelDB. A database is one directory; what it adds to `level`: it never makes itself anew where data should
 * be, it can be closed and opened again after an error, and it can be made durable as a whole.
 */
import { join } from 'node:path'
import { Level } from 'level'
import { errorText, MqError } from '../kit/errors.ts'
import { fdatasync, namesIn, syncPath } from './durable-files.ts'
import type { Limiter } from './limiter.ts'
import type { LevelBatch, LevelCursor, LevelHandle, LevelRange, LevelSettings, StoreSeams } from './seams.ts'

const readBytesMax = 1024 * 1024
const entriesAtOnce = 1024

const levelOf = (location: string, settings: LevelSettings): LevelHandle => {
  const level = new Level<Buffer, Buffer>(location, {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
    createIfMissing: settings.createIfMissing,
    errorIfExists: settings.errorIfExists,
    compression: settings.compression,
    writeBufferSize: settings.writeBufferBytes,
    maxFileSize: Math.max(1024 * 1024, Math.min(32 * 1024 * 1024, settings.writeBufferBytes * 2)),
    blockSize: 64 * 1024,
    cacheSize: 1024 * 1024
  } as never)
  // The store opens a database itself, when it is ready to; an open of level's own would race with it.
  return {
    open: () => level.open({ passive: false }),
    close: () => level.close(),
    get: key => level.get(key, { fillCache: false } as never) as Promise<Buffer | undefined>,
    batch: () => level.batch() as unknown as LevelBatch,
    iterate(range): LevelCursor {
      const cursor = level.iterator({ fillCache: false, highWaterMarkBytes: readBytesMax, ...range } as never)
      return {
        nextv: async size => (await cursor.nextv(size)) as [Buffer, Buffer][],
        close: () => cursor.close()
      }
    }
  }
}

const lockedText = (dir: string): string =>
  `the store in ${dir} is in use by another process, and a store has only one owner`

const causeCode = (error: unknown): string | undefined =>
  error instanceof Error ? (error.cause as { code?: string } | undefined)?.code : undefined

const causeText = (error: unknown): string =>
  error instanceof Error && error.cause !== undefined
    ? `${errorText(error)}: ${errorText(error.cause)}`
    : errorText(error)

/** LevelDB's own checks rarely see damage, but when they do it is damage. */
const readFault = (location: string, error: unknown): MqError => {
  if (error instanceof MqError) return error
  const text = causeText(error)
  const code = /corrupt/i.test(`${(error as { code?: string }).code ?? ''} ${text}`)
    ? 'MQ_STORE_CORRUPT'
    : 'MQ_STORE_UNAVAILABLE'
  return new MqError(code, `the database ${location} cannot be read: ${text}`, { cause: error })
}

export interface DatabaseOptions extends LevelSettings {
  readonly limiter: Limiter
  readonly seams: StoreSeams
}

export class Database {
  readonly location: string
  readonly #options: DatabaseOptions
  #level: LevelHandle
  #reopening: Promise<void> | undefined

  private constructor(location: string, options: DatabaseOptions, level: LevelHandle) {
    this.location = location
    this.#options = options
    this.#level = level
  }

  /**
   * Errors: MQ_STORE_LOCKED when another process has it, MQ_STORE_CORRUPT when LevelDB says so or files are missing; anything
   * else (disk full, no permission) as it comes.
   */
  static async open(location: string, options: DatabaseOptions): Promise<Database> {
    return new Database(location, options, await Database.#openLevel(location, options))
  }

  static async #openLevel(location: string, options: DatabaseOptions): Promise<LevelHandle> {
    const real = levelOf(location, options)
    const level = options.seams.wrapLevel === undefined ? real : options.seams.wrapLevel(real, location)
    try {
      await level.open()
      return level
    } catch (error) {
      await level.close().catch(() => {})
      const code = causeCode(error)
      if (code === 'LEVEL_LOCKED') throw new MqError('MQ_STORE_LOCKED', lockedText(location), { cause: error })
      const text = causeText(error)
      // Files that LevelDB looks for and does not find are damage too: the directory itself is there.
      const damaged = /corrupt|does not exist|No such file|invalid argument|exists \(error_if_exists/i.test(
        `${code} ${text}`
      )
      const kind = damaged ? 'MQ_STORE_CORRUPT' : 'MQ_STORE_UNAVAILABLE'
      throw new MqError(kind, `the database ${location} cannot be opened: ${text}`, { cause: error })
    }
  }

  /** Closes and opens again: the only way back after a failed write, since LevelDB goes on in a misaligned log. */
  reopen(): Promise<void> {
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined
    })
    return this.#reopening
  }

  async #reopen(): Promise<void> {
    await this.#level.close()
    const options = { ...this.#options, createIfMissing: false, errorIfExists: false }
    this.#level = await Database.#openLevel(this.location, options)
  }

  async close(): Promise<void> {
    await this.#level.close()
  }

  /** `patient`: the caller can wait for commits that are under way. */
  async get(key: Buffer, patient = false): Promise<Buffer | undefined> {
    return this.#read(() => this.#level.get(key), patient)
  }

  async #read<T>(job: () => Promise<T>, patient = false): Promise<T> {
    if (this.#reopening !== undefined) await this.#reopening.catch(() => {})
    try {
      return await this.#options.limiter.run(job, patient)
    } catch (error) {
      throw readFault(this.location, error)
    }
  }

  /** Atomic. Values are copied when they are put. */
  batch(): LevelBatch {
    return this.#level.batch()
  }

  async write(rows: readonly (readonly [Buffer, Buffer | undefined])[], sync: boolean): Promise<void> {
    const batch = this.#level.batch()
    for (const [key, value] of rows) {
      if (value === undefined) batch.del(key)
      else batch.put(key, value)
    }
    await batch.write({ sync })
  }

  async #cursor(range: LevelRange): Promise<LevelCursor> {
    if (this.#reopening !== undefined) await this.#reopening.catch(() => {})
    try {
      return this.#level.iterate(range)
    } catch (error) {
      throw readFault(this.location, error)
    }
  }

  /** Entries of a range, some at a time; `take` returns false to stop. */
  async scan(range: LevelRange, take: (entries: [Buffer, Buffer][]) => boolean | Promise<boolean>): Promise<void> {
    const cursor = await this.#cursor(range)
    const size = Math.min(entriesAtOnce, range.limit ?? entriesAtOnce)
    try {
      for (;;) {
        const entries = await this.#read(() => cursor.nextv(size))
        if (entries.length === 0 || !(await take(entries))) return
      }
    } finally {
      await cursor.close()
    }
  }

  /** The first entry of a range. `patient` as for `get`. */
  async first(range: LevelRange, patient = false): Promise<[Buffer, Buffer] | undefined> {
    const cursor = await this.#cursor({ ...range, limit: 1 })
    try {
      return (await this.#read(() => cursor.nextv(1), patient))[0]
    } finally {
      await cursor.close()
    }
  }

  /**
   * Makes everything written so far survive a power cut. What is not in a write-ahead log any more is in a table, which
   * LevelDB has synced before it removed the log.
   */
  async barrier(): Promise<void> {
    const syncFile = this.#options.seams.syncFile ?? fdatasync
    const logs = (await namesIn(this.location)).filter(name => name.endsWith('.log'))
    for (const name of logs) {
      await this.#options.limiter.run(() => syncPath(join(this.location, name), syncFile))
    }
    await this.#options.limiter.run(() => syncPath(this.location, syncFile))
  }
}
