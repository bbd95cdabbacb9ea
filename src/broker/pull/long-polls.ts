/**
 * Pulls that wait at the broker for a message: woken when their queue grows by a message that interests them, found by
 * a sweep, or answered when their time is over. Java: PullRequestHoldService.
 */
import type { Clock, Timer } from '../../kit/clock.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { MessageStore, QueueView } from '../../store/contract.ts'
import type { HeldPull, LongPolls } from '../parts.ts'

/** How late a deadline may be noticed. */
const tickMs = 1000
/** How often a queue is looked at although nothing was heard of it: filters that match by more than the tag code need it. */
const sweepMs = 5000

export interface LongPollOptions {
  /** Held pulls of all clients together. */
  readonly heldMax: number
}

interface Held {
  readonly pull: HeldPull
  readonly topic: string
  readonly queueId: number
  readonly queueOffset: number
  readonly deadline: number
}

type Source = Pick<MessageStore, 'maxOffset' | 'onReadable'>

/** Starts the ticking; `close` ends it and wakes all. */
export const createLongPolls = (
  { store, clock }: { readonly store: Source; readonly clock: Clock },
  { heldMax }: LongPollOptions = { heldMax: 20_000 }
): LongPolls & { close(): void } => new HeldPulls(store, clock, heldMax)

class HeldPulls implements LongPolls {
  readonly #store: Source
  readonly #clock: Clock
  readonly #heldMax: number
  readonly #queues = new Map<string, Map<number, Set<Held>>>()
  /** What each connection waits for, to forget it when the connection closes. */
  readonly #peers = new Map<Peer, Set<Held>>()
  readonly #timer: Timer
  #held = 0
  #nextSweep: number
  #closed = false

  constructor(store: Source, clock: Clock, heldMax: number) {
    this.#store = store
    this.#clock = clock
    this.#heldMax = heldMax
    this.#nextSweep = clock.monotonic() + sweepMs
    this.#timer = clock.every(tickMs, () => this.#tick())
    store.onReadable((queue, from, to) => this.#grown(queue, from, to))
  }

  get held(): number {
    return this.#held
  }

  hold(topic: string, queueId: number, queueOffset: number, timeoutMs: number, pull: HeldPull): boolean {
    if (this.#closed || this.#held >= this.#heldMax) return false
    if (pull.peer.closed) return true
    const held = { pull, topic, queueId, queueOffset, deadline: this.#clock.monotonic() + timeoutMs }
    this.#waitersOf(topic, queueId).add(held)
    this.#heldBy(pull.peer).add(held)
    this.#held += 1
    // The queue may have grown between the read that found nothing and this line.
    if (this.#store.maxOffset(topic, queueId) > queueOffset) this.#wake(held, false)
    return true
  }

  wakeQueue(topic: string, queueId: number): void {
    for (const held of this.#queues.get(topic)?.get(queueId) ?? []) this.#wake(held, true)
  }

  wakeAll(): void {
    for (const waiters of this.#everyQueue()) for (const held of waiters) this.#wake(held, true)
  }

  close(): void {
    this.#closed = true
    this.#timer.cancel()
    this.wakeAll()
  }

  #waitersOf(topic: string, queueId: number): Set<Held> {
    let queues = this.#queues.get(topic)
    if (queues === undefined) {
      queues = new Map()
      this.#queues.set(topic, queues)
    }
    let waiters = queues.get(queueId)
    if (waiters === undefined) {
      waiters = new Set()
      queues.set(queueId, waiters)
    }
    return waiters
  }

  #heldBy(peer: Peer): Set<Held> {
    const known = this.#peers.get(peer)
    if (known !== undefined) return known
    const held = new Set<Held>()
    this.#peers.set(peer, held)
    peer.onClose(() => {
      this.#peers.delete(peer)
      for (const one of held) this.#forget(one)
    })
    return held
  }

  /** Once per group commit and queue: all that wait are looked at together. */
  #grown(queue: QueueView, from: number, to: number): void {
    const waiters = this.#queues.get(queue.topic)?.get(queue.queueId)
    if (waiters === undefined) return
    for (const held of waiters) {
      if (to > held.queueOffset && interested(held, queue, from, to)) this.#wake(held, false)
    }
  }

  #tick(): void {
    const now = this.#clock.monotonic()
    const sweep = now >= this.#nextSweep
    if (sweep) this.#nextSweep = now + sweepMs
    for (const waiters of this.#everyQueue()) {
      for (const held of waiters) {
        if (now >= held.deadline) this.#wake(held, true)
        else if (sweep && this.#store.maxOffset(held.topic, held.queueId) > held.queueOffset) this.#wake(held, false)
      }
    }
  }

  *#everyQueue(): IterableIterator<Set<Held>> {
    for (const queues of [...this.#queues.values()]) yield* [...queues.values()]
  }

  #wake(held: Held, last: boolean): void {
    this.#forget(held)
    this.#peers.get(held.pull.peer)?.delete(held)
    held.pull.wake(last)
  }

  #forget(held: Held): void {
    const queues = this.#queues.get(held.topic)
    const waiters = queues?.get(held.queueId)
    if (queues === undefined || waiters === undefined || !waiters.delete(held)) return
    this.#held -= 1
    if (waiters.size > 0) return
    queues.delete(held.queueId)
    if (queues.size === 0) this.#queues.delete(held.topic)
  }
}

/** A message whose tag code is no longer in memory counts as interesting: the pull itself will filter. */
const interested = ({ pull, queueOffset }: Held, queue: QueueView, from: number, to: number): boolean => {
  for (let offset = Math.max(from, queueOffset); offset < to; offset++) {
    const tagsCode = queue.tagsCodeAt(offset)
    if (tagsCode === undefined || pull.matches(tagsCode)) return true
  }
  return false
}
