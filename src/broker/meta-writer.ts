/** Gathers changes of the broker's tables into synced batches: what arrives while one is written goes with the next. */
import type { Meta, MetaChange } from '../store/contract.ts'

interface Waiting {
  resolve(): void
  reject(reason: unknown): void
}

export class MetaWriter {
  readonly #meta: Meta
  #changes: MetaChange[] = []
  #waiting: Waiting[] = []
  #running: Promise<void> | undefined

  constructor(meta: Meta) {
    this.#meta = meta
  }

  /** Resolves when the changes survive a crash. Batches are written one after the other, in the order of the calls. */
  write(changes: readonly MetaChange[]): Promise<void> {
    const done = new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }))
    this.#changes.push(...changes)
    this.#running ??= this.#drain()
    return done
  }

  /** Resolves when nothing is left to write, whether it succeeded or not. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #drain(): Promise<void> {
    // Calls of the same tick share a batch.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const changes = this.#changes
      const waiting = this.#waiting
      this.#changes = []
      this.#waiting = []
      try {
        await this.#meta.write(changes)
        for (const entry of waiting) entry.resolve()
      } catch (error) {
        for (const entry of waiting) entry.reject(error)
      }
    }
    this.#running = undefined
  }
}
