/** Who works on what: messages of many queues, at most so many at once, those of one queue together or one by one. */
import type { HeldQueue } from './held-queue.ts'
import type { ReceivedMessage } from './received-message.ts'

export interface WorkSettings {
  /** Messages that are worked on at the same time. */
  readonly concurrency: number
  /** Of one queue: 1 keeps its order. */
  readonly perQueue: number
  /** Works on one message and finishes it. Never rejects. */
  readonly run: (queue: HeldQueue, message: ReceivedMessage) => Promise<void>
}

export class Work {
  readonly #settings: WorkSettings
  /** Queues with messages, in the order of their turns. */
  readonly #ready = new Set<HeldQueue>()
  readonly #running = new Map<HeldQueue, number>()
  #count = 0
  #stopped = false
  #paused = false
  #idle: (() => void)[] = []

  constructor(settings: WorkSettings) {
    this.#settings = settings
  }

  /** The queue has messages. */
  offer(queue: HeldQueue): void {
    this.#ready.add(queue)
    this.#pump()
  }

  /** Begins nothing until `resume`; what was begun goes on. */
  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#pump()
  }

  /** Begins nothing more. */
  stop(): void {
    this.#stopped = true
  }

  /** Resolves when nothing of the queue, or of any, is worked on. */
  async settled(queue?: HeldQueue): Promise<void> {
    while (queue === undefined ? this.#count > 0 : this.#running.has(queue)) {
      await new Promise<void>(resolve => this.#idle.push(resolve))
    }
  }

  #pump(): void {
    for (const queue of [...this.#ready]) {
      const { concurrency, perQueue } = this.#settings
      while (
        !this.#stopped &&
        !this.#paused &&
        this.#count < concurrency &&
        (this.#running.get(queue) ?? 0) < perQueue
      ) {
        const message = queue.take()
        if (message === undefined) break
        this.#start(queue, message)
        // One message each in turn while there is not enough for all.
        if (this.#ready.size > 1) break
      }
      if (!queue.hasWaiting) this.#ready.delete(queue)
      else if (this.#ready.delete(queue)) this.#ready.add(queue)
    }
  }

  #start(queue: HeldQueue, message: ReceivedMessage): void {
    this.#count++
    this.#running.set(queue, (this.#running.get(queue) ?? 0) + 1)
    this.#settings.run(queue, message).finally(() => {
      this.#count--
      const left = this.#running.get(queue)! - 1
      if (left === 0) this.#running.delete(queue)
      else this.#running.set(queue, left)
      for (const resolve of this.#idle.splice(0)) resolve()
      this.#pump()
    })
  }
}
