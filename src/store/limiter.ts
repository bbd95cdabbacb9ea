/**
 * Keeps jobs that block a thread of the pool (reads, fsync) to a few at a time, so that a commit always finds a thread. Patient
 * jobs, reads of old messages, do not begin while a commit is under way, so that it finds the event loop and a processor
 * too. A commit that takes long holds them up for a moment only: it waits for the disk then, and for nothing that they need.
 */
import type { Clock } from '../kit/clock.ts'

/** A commit that no disk keeps waiting takes a part of this. */
const holdMs = 2

export class Limiter {
  readonly #max: number
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
  readonly #patient: (() => void)[] = []
  #running = 0
  #held = false
  /** Which hold it is, to tell whether one lasts. */
  #hold = 0
  #armed = false

  constructor(max: number, clock: Clock) {
    this.#max = max
    this.#clock = clock
  }

  get running(): number {
    return this.#running
  }
  /** Whether a commit is under way, and has not taken long yet. */
  get held(): boolean {
    return this.#held
  }

  /** A commit has begun. */
  hold(): void {
    if (this.#held) return
    this.#held = true
    this.#hold++
    this.#arm()
  }

  /** The commit is done. */
  letGo(): void {
    this.#held = false
    this.#startWaiting()
  }

  #arm(): void {
    if (this.#armed || this.#patient.length === 0) return
    this.#armed = true
    const hold = this.#hold
    this.#clock.after(holdMs, () => {
      this.#armed = false
      if (this.#held && hold === this.#hold) this.letGo()
      else if (this.#held) this.#arm()
    })
  }

  #startWaiting(): void {
    while (this.#running < this.#max) {
      const start = this.#waiting.shift() ?? (this.#held ? undefined : this.#patient.shift())
      if (start === undefined) return
      this.#running++
      start()
    }
  }

  /** Runs the job when there is room for it; a patient one between commits. */
  async run<T>(job: () => Promise<T>, patient = false): Promise<T> {
    if (this.#running < this.#max && !(patient && this.#held)) this.#running++
    else {
      const line = patient ? this.#patient : this.#waiting
      const started = new Promise<void>(resolve => line.push(resolve))
      if (this.#held) this.#arm()
      await started
    }
    try {
      return await job()
    } finally {
      this.#running--
      this.#startWaiting()
    }
  }
}
