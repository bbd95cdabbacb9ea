/**
 * The registration with one NameServer: made at once, on each change, every period, and again as soon as a lost
 * connection can be made anew. Rounds follow one another; a change during a round makes one more.
 */
import type { Clock, Timer } from '../../kit/clock.ts'
import { errorText } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import type { RemotingClient } from '../../remoting/client.ts'

export interface LinkParts {
  readonly address: string
  readonly client: Pick<RemotingClient, 'peer'>
  readonly clock: Clock
  readonly log: Logger
  readonly periodMs: number
  /** One registration. Rejects when the NameServer did not take it. */
  register(address: string): Promise<void>
  /** The NameServer may have forgotten everything. */
  lost(address: string): void
}

/** Pause after a failed round; doubled with each one up to the period. */
const firstRetryMs = 1000

export class NameServerLink {
  readonly #parts: LinkParts
  #round: Promise<void> | undefined
  #next: Promise<void> | undefined
  #timer: Timer | undefined
  #failures = 0
  #stopped = false
  #registered = false
  #late = false
  #watched = 0

  constructor(parts: LinkParts) {
    this.#parts = parts
  }

  get address(): string {
    return this.#parts.address
  }

  /** Whether the last round succeeded and its connection still stands. */
  get registered(): boolean {
    return this.#registered
  }

  /** Whether a change should wait for it: it is registered with and has not kept the last change waiting. */
  get prompt(): boolean {
    return this.#registered && !this.#late
  }

  /** Its round took too long to be waited for; nothing waits for it until a round has ended. */
  isLate(): void {
    this.#late = true
  }

  /** Resolves after a round that began after this call, whether it succeeded or not. */
  register(): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    if (this.#round === undefined) {
      this.#round = this.#run().finally(() => {
        this.#round = undefined
      })
      return this.#round
    }
    // One more round is enough for all that changes while one is under way.
    this.#next ??= this.#round.then(() => {
      this.#next = undefined
      return this.register()
    })
    return this.#next
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
  }

  async #run(): Promise<void> {
    const { address, clock, log, periodMs } = this.#parts
    this.#timer?.cancel()
    try {
      await this.#parts.register(address)
      if (!this.#registered) log.info({ namesrv: address }, 'registered with the NameServer')
      this.#registered = true
      this.#failures = 0
      await this.#watch()
    } catch (error) {
      this.#registered = false
      this.#parts.lost(address)
      // The first failure and then one in ten: a NameServer that stays away must not fill the log.
      if (this.#failures % 10 === 0)
        log.warn({ namesrv: address, error: errorText(error) }, 'the NameServer did not take the registration')
      this.#failures++
    }
    this.#late = false
    if (this.#stopped) return
    const retryMs = Math.min(periodMs, firstRetryMs * 2 ** Math.min(this.#failures - 1, 10))
    this.#timer = clock.after(this.#failures === 0 ? periodMs : retryMs, () => void this.register())
  }

  /** A NameServer forgets a broker whose connection closes, so the loss is noticed here and answered at once. */
  async #watch(): Promise<void> {
    const peer = await this.#parts.client.peer(this.#parts.address)
    if (peer.id === this.#watched) return
    this.#watched = peer.id
    peer.onClose(() => {
      this.#registered = false
      this.#parts.lost(this.#parts.address)
      void this.register()
    })
  }
}
