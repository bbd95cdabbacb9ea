/**
 * Counts what goes in and out, in all and by topic and group: behind brokerStatus, topicStatus, consumerProgress and
 * /metrics. Java: BrokerStatsManager, StoreStatsService, BrokerStats.
 */
import type { Clock, Timer } from '../../kit/clock.ts'
import type { Traffic } from '../parts.ts'
import { Rates } from './rates.ts'
import { Counter, WindowTimes } from './windows.ts'

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
  readonly #all = { stored: new Counter(), delivered: new Counter() }
  /** When the counters were last looked at; windows are measured from there. */
  readonly times: WindowTimes
  readonly #topics = new Map<string, Counter>()
  readonly #groups = new Map<string, Map<string, Counter>>()
  readonly #sentBack = new Map<string, Map<string, Counter>>()
  #found = 0
  #missed = 0
  #day: string
  #days: Days = {
    storedYesterdayMorning: 0,
    storedTodayMorning: 0,
    deliveredYesterdayMorning: 0,
    deliveredTodayMorning: 0
  }

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock
    this.times = new WindowTimes(clock.monotonic())
    this.#day = this.#today()
    this.#timer = clock.every(1000, () => this.#tick())
  }

  stored(topic: string, messages: number, bytes: number): void {
    this.#all.stored.add(messages, bytes)
    let counter = this.#topics.get(topic)
    if (counter === undefined) {
      counter = new Counter()
      this.#topics.set(topic, counter)
    }
    counter.add(messages, bytes)
  }

  delivered(group: string, topic: string, messages: number, bytes: number): void {
    this.#found++
    this.#all.delivered.add(messages, bytes)
    const counter = counterOf(this.#groups, group, topic)
    counter.add(messages, bytes)
  }

  sentBack(group: string, topic: string): void {
    counterOf(this.#sentBack, group, topic).add(1, 0)
  }

  missed(): void {
    this.#missed++
  }

  get totals(): Totals {
    return {
      storedMessages: this.#all.stored.messages,
      storedBytes: this.#all.stored.bytes,
      deliveredMessages: this.#all.delivered.messages,
      deliveredBytes: this.#all.delivered.bytes,
      pullsFound: this.#found,
      pullsMissed: this.#missed
    }
  }

  get days(): Days {
    return this.#days
  }

  /** Messages per second into a topic, over the last minute. */
  topicRate(topic: string): number {
    return this.#perSecond(this.#topics.get(topic))
  }

  /** Messages per second out of a topic to a group, over the last minute. */
  groupRate(group: string, topic: string): number {
    return this.#perSecond(this.#groups.get(group)?.get(topic))
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

  ofTopic(topic: string): Counter | undefined {
    return this.#topics.get(topic)
  }

  ofGroup(group: string, topic: string): Counter | undefined {
    return this.#groups.get(group)?.get(topic)
  }

  ofSendsBack(group: string, topic: string): Counter | undefined {
    return this.#sentBack.get(group)?.get(topic)
  }

  /** Everything that was stored, and everything that was delivered. */
  get all(): { readonly stored: Counter; readonly delivered: Counter } {
    return this.#all
  }

  #perSecond(counter: Counter | undefined): number {
    return counter?.over('minute', this.times, this.#clock.monotonic()).perSecond ?? 0
  }

  *#counters(): IterableIterator<Counter> {
    yield this.#all.stored
    yield this.#all.delivered
    yield* this.#topics.values()
    for (const topics of this.#groups.values()) yield* topics.values()
    for (const topics of this.#sentBack.values()) yield* topics.values()
  }

  #tick(): void {
    const now = this.#clock.monotonic()
    this.#rates.sample(now, [this.#all.stored.messages, this.#all.delivered.messages, this.#found, this.#missed])
    this.times.tick(now, (name, at) => {
      for (const counter of this.#counters()) counter.keep(name, at)
    })
    const day = this.#today()
    if (day === this.#day) return
    this.#day = day
    this.#days = {
      storedYesterdayMorning: this.#days.storedTodayMorning,
      storedTodayMorning: this.#all.stored.messages,
      deliveredYesterdayMorning: this.#days.deliveredTodayMorning,
      deliveredTodayMorning: this.#all.delivered.messages
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
