/**
 * Counts what goes in and out, in all and by topic and group: behind brokerStatus, topicStatus, consumerProgress and
 * /metrics. Java: BrokerStatsManager, StoreStatsService, BrokerStats.
 */
import type { Clock, Timer } from '../kit/clock.ts'
import type { Traffic } from './parts.ts'
import { Rates } from './rates.ts'

/** Samples of a minute, ten seconds apart. */
const minuteSamples = 7
const minuteTicks = 10

/** Messages and bytes of one topic or of one group on one topic, with the rate of the last minute. */
export class Counter {
  messages = 0
  bytes = 0
  readonly #times: number[] = []
  readonly #counts: number[] = []

  sample(nowMs: number): void {
    this.#times.push(nowMs)
    this.#counts.push(this.messages)
    if (this.#times.length > minuteSamples) {
      this.#times.shift()
      this.#counts.shift()
    }
  }

  /** Messages per second over the last minute; 0 until two samples were taken. */
  get perSecond(): number {
    const elapsedMs = (this.#times.at(-1) ?? 0) - (this.#times[0] ?? 0)
    return elapsedMs <= 0 ? 0 : ((this.#counts.at(-1)! - this.#counts[0]!) * 1000) / elapsedMs
  }
}

export interface Totals {
  readonly storedMessages: number
  readonly storedBytes: number
  readonly deliveredMessages: number
  readonly deliveredBytes: number
  readonly pullsFound: number
  readonly pullsMissed: number
}

/** Totals at the last two midnights, for the tools that show today and yesterday. */
export interface Days {
  readonly storedYesterdayMorning: number
  readonly storedTodayMorning: number
  readonly deliveredYesterdayMorning: number
  readonly deliveredTodayMorning: number
}

export type RateOf = 'stored' | 'delivered' | 'found' | 'missed'
const rateIndex: Readonly<Record<RateOf, number>> = { stored: 0, delivered: 1, found: 2, missed: 3 }

export class BrokerTraffic implements Traffic {
  readonly #clock: Clock
  readonly #timer: Timer
  readonly #rates = new Rates(4)
  readonly #topics = new Map<string, Counter>()
  readonly #groups = new Map<string, Map<string, Counter>>()
  readonly #sentBack = new Map<string, Map<string, Counter>>()
  #storedMessages = 0
  #storedBytes = 0
  #deliveredMessages = 0
  #deliveredBytes = 0
  #found = 0
  #missed = 0
  #ticks = 0
  #day: string
  #days: Days = {
    storedYesterdayMorning: 0,
    storedTodayMorning: 0,
    deliveredYesterdayMorning: 0,
    deliveredTodayMorning: 0
  }

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock
    this.#day = this.#today()
    this.#timer = clock.every(1000, () => this.#tick())
  }

  stored(topic: string, messages: number, bytes: number): void {
    this.#storedMessages += messages
    this.#storedBytes += bytes
    let counter = this.#topics.get(topic)
    if (counter === undefined) {
      counter = new Counter()
      this.#topics.set(topic, counter)
    }
    counter.messages += messages
    counter.bytes += bytes
  }

  delivered(group: string, topic: string, messages: number, bytes: number): void {
    this.#found++
    this.#deliveredMessages += messages
    this.#deliveredBytes += bytes
    const counter = counterOf(this.#groups, group, topic)
    counter.messages += messages
    counter.bytes += bytes
  }

  sentBack(group: string, topic: string): void {
    counterOf(this.#sentBack, group, topic).messages++
  }

  missed(): void {
    this.#missed++
  }

  get totals(): Totals {
    return {
      storedMessages: this.#storedMessages,
      storedBytes: this.#storedBytes,
      deliveredMessages: this.#deliveredMessages,
      deliveredBytes: this.#deliveredBytes,
      pullsFound: this.#found,
      pullsMissed: this.#missed
    }
  }

  get days(): Days {
    return this.#days
  }

  /** Messages per second into a topic, over the last minute. */
  topicRate(topic: string): number {
    return this.#topics.get(topic)?.perSecond ?? 0
  }

  /** Messages per second out of a topic to a group, over the last minute. */
  groupRate(group: string, topic: string): number {
    return this.#groups.get(group)?.get(topic)?.perSecond ?? 0
  }

  rate(of: RateOf, seconds: number): number | undefined {
    return this.#rates.over(seconds, rateIndex[of])
  }

  topics(): IterableIterator<[string, Counter]> {
    return this.#topics.entries()
  }

  groups(): IterableIterator<[string, ReadonlyMap<string, Counter>]> {
    return this.#groups.entries()
  }

  sendsBack(): IterableIterator<[string, ReadonlyMap<string, Counter>]> {
    return this.#sentBack.entries()
  }

  /** Forgets the counters of a topic, so that it vanishes from the metrics. */
  deleteTopic(topic: string): void {
    this.#topics.delete(topic)
    for (const table of [this.#groups, this.#sentBack]) {
      for (const [group, topics] of table) if (topics.delete(topic) && topics.size === 0) table.delete(group)
    }
  }

  deleteGroup(group: string): void {
    this.#groups.delete(group)
    this.#sentBack.delete(group)
  }

  stop(): void {
    this.#timer.cancel()
  }

  #tick(): void {
    const now = this.#clock.monotonic()
    this.#rates.sample(now, [this.#storedMessages, this.#deliveredMessages, this.#found, this.#missed])
    if (this.#ticks++ % minuteTicks === 0) {
      for (const counter of this.#topics.values()) counter.sample(now)
      for (const topics of this.#groups.values()) for (const counter of topics.values()) counter.sample(now)
    }
    const day = this.#today()
    if (day === this.#day) return
    this.#day = day
    this.#days = {
      storedYesterdayMorning: this.#days.storedTodayMorning,
      storedTodayMorning: this.#storedMessages,
      deliveredYesterdayMorning: this.#days.deliveredTodayMorning,
      deliveredTodayMorning: this.#deliveredMessages
    }
  }

  #today(): string {
    return new Date(this.#clock.now()).toDateString()
  }
}

const counterOf = (table: Map<string, Map<string, Counter>>, group: string, topic: string): Counter => {
  let topics = table.get(group)
  if (topics === undefined) {
    topics = new Map()
    table.set(group, topics)
  }
  let counter = topics.get(topic)
  if (counter === undefined) {
    counter = new Counter()
    topics.set(topic, counter)
  }
  return counter
}
