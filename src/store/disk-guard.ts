/**
 * Watches the disk: appends are refused while there is still room, since a full disk costs data that LevelDB has
 * acknowledged. A ballast file keeps enough back to open the store again, come what may.
 */
import { open, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { exists } from './durable-files.ts'
import type { Limiter } from './limiter.ts'
import type { StoreSettings } from './options.ts'
import type { DiskSpace } from './seams.ts'

/** LevelDB writes what it is given twice: to its log and to a table. */
const writesPerByte = 2
const ballastPiece = 1024 * 1024

/** As `df` and Apache count: what is reserved for others is neither used nor free, so that it makes no disk look full. */
const readSpace = async (dir: string): Promise<DiskSpace> => {
  const { bavail, bfree, blocks, bsize } = await statfs(dir)
  return { freeBytes: bavail * bsize, totalBytes: (blocks - bfree + bavail) * bsize }
}

export const dropBallast = async (dir: string): Promise<void> => {
  await rm(join(dir, 'ballast'), { force: true })
  await rm(join(dir, 'ballast.new'), { force: true })
}

export class DiskGuard {
  readonly #settings: StoreSettings
  readonly #limiter: Limiter
  readonly #log: Logger
  #space: DiskSpace = { freeBytes: Number.POSITIVE_INFINITY, totalBytes: Number.POSITIVE_INFINITY }
  #spent = 0
  #hasBallast = false
  #closed = false
  /** Why appends are refused now. */
  refusal: MqError | undefined

  constructor(settings: StoreSettings, limiter: Limiter, log: Logger) {
    this.#settings = settings
    this.#limiter = limiter
    this.#log = log
  }

  get space(): DiskSpace {
    return this.#space
  }

  /** Percent of the disk that is used. */
  get usedRatio(): number {
    const { freeBytes, totalBytes } = this.#space
    return Number.isFinite(totalBytes) && totalBytes > 0 ? 100 * (1 - freeBytes / totalBytes) : 0
  }

  async check(): Promise<void> {
    const { dir, seams } = this.#settings
    this.#spent = 0
    this.#space = await this.#limiter.run(() => (seams.diskSpace ?? readSpace)(dir))
    this.#judge(this.#space.freeBytes)
  }

  /** Between two looks: what is appended may already use up the room. */
  spend(bytes: number): void {
    this.#spent += bytes * writesPerByte
    if (this.refusal === undefined) this.#judge(this.#space.freeBytes - this.#spent)
  }

  #judge(freeBytes: number): void {
    const { dir, diskSpaceFreeBytesMin, diskSpaceWarningLevelRatio } = this.#settings
    const { totalBytes } = this.#space
    const used = Number.isFinite(totalBytes) ? 100 * (1 - freeBytes / totalBytes) : 0
    const before = this.refusal
    if (freeBytes < diskSpaceFreeBytesMin) {
      const text = `the disk of ${dir} has ${Math.max(0, Math.floor(freeBytes))} bytes free, less than diskSpaceFreeBytesMin (${diskSpaceFreeBytesMin}), so messages are refused`
      this.refusal = new MqError('MQ_DISK_FULL', text)
    } else if (used > diskSpaceWarningLevelRatio) {
      const text = `the disk of ${dir} is ${used.toFixed(1)} % full, above diskSpaceWarningLevelRatio (${diskSpaceWarningLevelRatio}), so messages are refused`
      this.refusal = new MqError('MQ_DISK_FULL', text)
    } else {
      this.refusal = undefined
    }
    if (before === undefined && this.refusal !== undefined) this.#log.error({ freeBytes }, this.refusal.message)
    if (before !== undefined && this.refusal === undefined) this.#log.info({ freeBytes }, 'messages are taken again')
  }

  /** Gives the ballast up, so that a full disk lets LevelDB open. */
  async dropBallast(): Promise<void> {
    this.#hasBallast = false
    await dropBallast(this.#settings.dir)
  }

  /** Puts the ballast in place when there is room for it; real bytes, since a file with holes keeps nothing back. */
  async ensureBallast(): Promise<void> {
    const { dir, ballastBytes, diskSpaceFreeBytesMin } = this.#settings
    const roomy = this.refusal === undefined && this.#space.freeBytes > diskSpaceFreeBytesMin + 2 * ballastBytes
    if (ballastBytes === 0 || this.#hasBallast || !roomy || this.#closed) return
    this.#hasBallast = true
    const path = join(dir, 'ballast')
    if (await exists(path)) return
    try {
      const file = await open(`${path}.new`, 'w', 0o600)
      try {
        const piece = Buffer.alloc(ballastPiece)
        for (let at = 0; at < ballastBytes && !this.#closed; at += ballastPiece) {
          const length = Math.min(ballastPiece, ballastBytes - at)
          await this.#limiter.run(() => file.write(piece, 0, length, at))
        }
      } finally {
        await file.close()
      }
      if (!this.#closed) await rename(`${path}.new`, path)
    } catch (error) {
      this.#log.warn({ error: errorText(error) }, 'the ballast file could not be written')
      await this.dropBallast()
    }
  }

  close(): void {
    this.#closed = true
  }
}
