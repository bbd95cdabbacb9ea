/**
 * What a history of sends and reads must satisfy, as pure functions. Each returns the violations it found, as sentences;
 * none = the history is right. The outcome of a send is `ok` (acknowledged), `fail` (refused before it could be
 * stored: must never appear) or `info` (time-out, connection lost, any error of the store: may or may not appear).
 */
export type Outcome = 'ok' | 'info' | 'fail'

export interface Send {
  readonly id: string
  /** `topic/queueId` */
  readonly queue: string
  readonly outcome: Outcome
  /** Queue offset that the answer named. */
  readonly offset?: number
  /** Of everything that was sent: body, tags, keys, flags. */
  readonly digest: string
  /** Who sent it, and as its how-manieth. */
  readonly producer?: string
  readonly sequence?: number
  /** Monotonic time of the answer, nanoseconds. */
  readonly answeredNs?: bigint
  /** Sharding key of an ordered topic. */
  readonly orderKey?: string
}

/** One message that a reader was given; reads are in the order in which the reader got them. */
export interface Read {
  readonly queue: string
  readonly offset: number
  readonly id: string
  readonly digest: string
  readonly reader?: string
  readonly orderKey?: string
}

export interface Commit {
  readonly group: string
  readonly queue: string
  readonly offset: number
}

export interface Lost {
  readonly send: Send
  /** Before all messages of its queue that were read, between them, or after them. */
  readonly place: 'prefix' | 'middle' | 'tail'
}

export interface TotalQueue {
  readonly attempts: number
  readonly acked: number
  readonly read: number
  readonly lost: readonly Lost[]
  readonly unexpected: readonly string[]
  readonly duplicated: readonly string[]
  /** Sends of unknown outcome that were read. */
  readonly recovered: number
}

const firstFew = 5

/** At most `firstFew` sentences and how many more there are. */
const bounded = (sentences: readonly string[]): string[] =>
  sentences.length <= firstFew
    ? [...sentences]
    : [...sentences.slice(0, firstFew), `… and ${sentences.length - firstFew} more of the same kind`]

const placeOf = (send: Send, range: { min: number; max: number } | undefined): Lost['place'] => {
  if (range === undefined || send.offset === undefined || send.offset > range.max) return 'tail'
  return send.offset < range.min ? 'prefix' : 'middle'
}

const rangesOf = (reads: readonly Read[]): Map<string, { min: number; max: number }> => {
  const ranges = new Map<string, { min: number; max: number }>()
  for (const { queue, offset } of reads) {
    const range = ranges.get(queue)
    if (range === undefined) ranges.set(queue, { min: offset, max: offset })
    else {
      range.min = Math.min(range.min, offset)
      range.max = Math.max(range.max, offset)
    }
  }
  return ranges
}

/**
 * K1: what went in against what came out after everything healed and was read from the beginning. `removedBelow` names,
 * per queue, the first offset that retention left: what lay below is gone by right.
 */
export const totalQueue = (
  sends: readonly Send[],
  reads: readonly Read[],
  removedBelow: ReadonlyMap<string, number> = new Map()
): TotalQueue => {
  const times = new Map<string, number>()
  for (const read of reads) times.set(read.id, (times.get(read.id) ?? 0) + 1)
  const ranges = rangesOf(reads)
  const lost: Lost[] = []
  let recovered = 0
  const possible = new Set<string>()
  for (const send of sends) {
    if (send.outcome !== 'fail') possible.add(send.id)
    if (send.outcome === 'info' && times.has(send.id)) recovered++
    if (send.outcome !== 'ok' || times.has(send.id)) continue
    if (send.offset !== undefined && send.offset < (removedBelow.get(send.queue) ?? 0)) continue
    lost.push({ send, place: placeOf(send, ranges.get(send.queue)) })
  }
  return {
    attempts: sends.length,
    acked: sends.filter(send => send.outcome === 'ok').length,
    read: reads.length,
    lost,
    unexpected: [...times.keys()].filter(id => !possible.has(id)),
    duplicated: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    recovered
  }
}

export const totalQueueViolations = (found: TotalQueue): string[] => [
  ...bounded(
    found.lost.map(
      ({ send, place }) => `K1 lost (${place}): ${send.id} acknowledged in ${send.queue} at ${send.offset ?? '?'}`
    )
  ),
  ...bounded(found.unexpected.map(id => `K1 unexpected: ${id} was read but never sent, or refused`)),
  ...bounded(found.duplicated.map(id => `K1 duplicated: ${id} was read more than once`))
]

/** One line as Jepsen's total-queue reports it. */
export const totalQueueLine = (found: TotalQueue): string => {
  const at = (place: Lost['place']) => found.lost.filter(lost => lost.place === place).length
  const lost = `${found.lost.length} (prefix ${at('prefix')}, middle ${at('middle')}, tail ${at('tail')})`
  return `attempts ${found.attempts}, acked ${found.acked}, read ${found.read}, lost ${lost}, duplicated ${found.duplicated.length}, recovered ${found.recovered}, unexpected ${found.unexpected.length}`
}

/** K2: one place holds one message, whoever names it (answers, every reader), at all times. */
export const offsetAgreement = (sends: readonly Send[], reads: readonly Read[]): string[] => {
  const places = new Map<string, string>()
  const conflicts: string[] = []
  const see = (queue: string, offset: number, id: string): void => {
    const place = `${queue}@${offset}`
    const before = places.get(place)
    if (before === undefined) places.set(place, id)
    else if (before !== id) conflicts.push(`K2 two messages at ${place}: ${before} and ${id}`)
  }
  for (const send of sends) {
    if (send.outcome === 'ok' && send.offset !== undefined) see(send.queue, send.offset, send.id)
  }
  for (const read of reads) see(read.queue, read.offset, read.id)
  return bounded(conflicts)
}

/** K3: no gap in what one reader is given of one queue, and nothing acknowledged below the highest offset read is missing. */
export const continuity = (
  sends: readonly Send[],
  reads: readonly Read[],
  removedBelow: ReadonlyMap<string, number> = new Map()
): string[] => {
  const gaps: string[] = []
  const next = new Map<string, number>()
  for (const { reader = '', queue, offset } of reads) {
    const sequence = `${reader} ${queue}`
    const expected = next.get(sequence)
    if (expected !== undefined && offset > expected) gaps.push(`K3 gap in ${queue}: ${expected} to ${offset - 1}`)
    next.set(sequence, Math.max(expected ?? 0, offset + 1))
  }
  const ranges = rangesOf(reads)
  const seen = new Set(reads.map(read => `${read.queue}@${read.offset}`))
  const skipped = sends.filter(
    ({ outcome, queue, offset }) =>
      outcome === 'ok' &&
      offset !== undefined &&
      offset >= (removedBelow.get(queue) ?? 0) &&
      offset <= (ranges.get(queue)?.max ?? -1) &&
      !seen.has(`${queue}@${offset}`)
  )
  return [...bounded(gaps), ...bounded(skipped.map(send => `K3 skipped: ${send.queue}@${send.offset} (${send.id})`))]
}

/** K4: a reader's position never goes back, and a producer's later send to a queue has the higher offset. */
export const monotonic = (sends: readonly Send[], reads: readonly Read[]): string[] => {
  const backward: string[] = []
  const position = new Map<string, number>()
  for (const { reader = '', queue, offset } of reads) {
    const key = `${reader} ${queue}`
    const before = position.get(key) ?? -1
    if (offset <= before) backward.push(`K4 reader ${reader} of ${queue} went back from ${before} to ${offset}`)
    position.set(key, offset)
  }
  const last = new Map<string, Send>()
  const ordered = sends
    .filter(send => send.outcome === 'ok' && send.offset !== undefined && send.sequence !== undefined)
    .toSorted((left, right) => (left.sequence ?? 0) - (right.sequence ?? 0))
  for (const send of ordered) {
    const key = `${send.producer ?? ''} ${send.queue}`
    const before = last.get(key)
    if (before !== undefined && (before.offset ?? 0) >= (send.offset ?? 0)) {
      backward.push(`K4 ${send.queue}: ${send.id} at ${send.offset} was sent after ${before.id} at ${before.offset}`)
    }
    last.set(key, send)
  }
  return bounded(backward)
}

/** K5: first deliveries of each sharding key are in the order of sending. Only for producers with one send in flight. */
export const keyOrder = (sends: readonly Send[], reads: readonly Read[]): string[] => {
  const sequenceOf = new Map(sends.map(send => [send.id, send.sequence ?? 0]))
  const delivered = new Set<string>()
  const highest = new Map<string, number>()
  const wrong: string[] = []
  for (const { id, orderKey } of reads) {
    if (orderKey === undefined || delivered.has(id)) continue
    delivered.add(id)
    const sequence = sequenceOf.get(id) ?? 0
    const before = highest.get(orderKey) ?? -1
    if (sequence < before) wrong.push(`K5 key ${orderKey}: ${id} (sent as ${sequence}) came after ${before}`)
    highest.set(orderKey, Math.max(before, sequence))
  }
  return bounded(wrong)
}

/** K6: what is read is what was sent. */
export const content = (sends: readonly Send[], reads: readonly Read[]): string[] => {
  const digests = new Map(sends.map(send => [send.id, send.digest]))
  return bounded(
    reads
      .filter(read => digests.has(read.id) && digests.get(read.id) !== read.digest)
      .map(read => `K6 ${read.queue}@${read.offset}: ${read.id} is not what was sent`)
  )
}

/**
 * K9: a committed offset is never above the queue's end nor above what the group was given; after a recovery it may
 * go back to the last durable commit, not below it and never forward.
 */
export const committedOffsets = (
  found: readonly Commit[],
  bounds: {
    readonly maxOffset: (queue: string) => number
    /** Highest offset that the group asked to commit. */
    readonly asked: (group: string, queue: string) => number
    /** The last commit known to be durable, or undefined. */
    readonly durable: (group: string, queue: string) => number | undefined
  }
): string[] =>
  bounded(
    found.flatMap(({ group, queue, offset }) => {
      const where = `K9 ${group} in ${queue}: committed ${offset}`
      if (offset > bounds.maxOffset(queue)) return [`${where}, above the end ${bounds.maxOffset(queue)}`]
      const asked = bounds.asked(group, queue)
      if (offset > asked) return [`${where}, but the group went only to ${asked}`]
      const durable = bounds.durable(group, queue)
      return durable !== undefined && offset < Math.min(durable, bounds.maxOffset(queue))
        ? [`${where}, below the durable commit ${durable}`]
        : []
    })
  )

/** Everything that holds for plain sends read back from the beginning by one reader. */
export const violations = (
  sends: readonly Send[],
  reads: readonly Read[],
  removedBelow: ReadonlyMap<string, number> = new Map()
): string[] => [
  ...totalQueueViolations(totalQueue(sends, reads, removedBelow)),
  ...offsetAgreement(sends, reads),
  ...continuity(sends, reads, removedBelow),
  ...monotonic(
    sends.filter(send => send.sequence !== undefined),
    reads
  ),
  ...content(sends, reads)
]
