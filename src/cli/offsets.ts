/**
 * The grammar of `--offset`: where to begin reading each queue, and where to stop.
 * `start end :end +N -N N N: :N N1:N2 @T @T: @:T @T1:T2`; an end is exclusive. Pure: times come out as milliseconds,
 * and what they mean for a queue is asked of its broker later.
 */
import { MqError } from '../kit/errors.ts'

/** A place in a queue. `after-start` and `before-end` count messages from the queue's current ends. */
export type Place =
  | { readonly at: 'start' }
  | { readonly at: 'end' }
  | { readonly at: 'after-start'; readonly messages: number }
  | { readonly at: 'before-end'; readonly messages: number }
  | { readonly at: 'offset'; readonly offset: number }
  | { readonly at: 'time'; readonly timeMs: number }

export interface OffsetRange {
  readonly from: Place
  /** Exclusive; absent = read on for ever. */
  readonly to?: Place
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 }
const start: Place = { at: 'start' }
const end: Place = { at: 'end' }

/** Reads an offset range. `nowMs` is what `@-90m` counts from. Throws MQ_USAGE, naming the text. */
export const parseOffsets = (text: string, nowMs: number): OffsetRange => {
  const range = text.startsWith('@') ? timeRange(text.slice(1), nowMs) : plainRange(text)
  if (range === undefined) {
    throw new MqError('MQ_USAGE', `${JSON.stringify(text)} is no offset`, {
      suggestions: [
        'use start, end, :end, +N, -N, N, N1:N2, or a time: @2026-11-24, @2026-11-24T10:00:00Z, @-90m, @T1:T2'
      ]
    })
  }
  if (range.from.at === 'offset' && range.to?.at === 'offset' && range.to.offset < range.from.offset) {
    throw new MqError('MQ_USAGE', `the offset range ${text} ends before it starts`)
  }
  if (range.from.at === 'time' && range.to?.at === 'time' && range.to.timeMs < range.from.timeMs) {
    throw new MqError('MQ_USAGE', `the time range ${text} ends before it starts`)
  }
  return range
}

const plainRange = (text: string): OffsetRange | undefined => {
  if (text === 'start') return { from: start }
  if (text === 'end') return { from: end }
  if (text === ':end') return { from: start, to: end }
  const step = /^([+-])(\d+)$/.exec(text)
  if (step !== null) {
    const messages = whole(step[2]!)
    if (messages === undefined) return undefined
    return { from: step[1] === '+' ? { at: 'after-start', messages } : { at: 'before-end', messages } }
  }
  const exact = /^(\d*)(:?)(\d*|end)$/.exec(text)
  if (exact === null || text === '' || text === ':') return undefined
  const from = exact[1] === '' ? start : exactPlace(exact[1]!)
  if (exact[2] === '' || exact[3] === '') return from && { from }
  const to = exact[3] === 'end' ? end : exactPlace(exact[3]!)
  return from && to && { from, to }
}

const whole = (digits: string): number | undefined => {
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : undefined
}

const exactPlace = (digits: string): Place | undefined => {
  const offset = whole(digits)
  return offset === undefined ? undefined : { at: 'offset', offset }
}

/** Times hold colons themselves, so each colon is tried as the one between them. */
const timeRange = (text: string, nowMs: number): OffsetRange | undefined => {
  const single = time(text, nowMs)
  if (single !== undefined) return { from: single }
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    const left = text.slice(0, at)
    const right = text.slice(at + 1)
    if (left === '' && right === '') return undefined
    const from = left === '' ? start : time(left, nowMs)
    const to = right === '' ? undefined : time(right, nowMs)
    if (from !== undefined && (right === '' || to !== undefined)) return to === undefined ? { from } : { from, to }
  }
  return undefined
}

const time = (text: string, nowMs: number): Place | undefined => {
  if (text === 'end') return end
  const timeMs = parseTime(text, nowMs)
  return timeMs === undefined ? undefined : { at: 'time', timeMs }
}

/** A time as people write it: epoch seconds or milliseconds, a day, RFC 3339, or `-90m` before now. In milliseconds. */
export const parseTime = (text: string, nowMs: number): number | undefined => {
  if (/^\d{13}$/.test(text)) return Number(text)
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000
  const ago = /^-(\d{1,9})(ms|s|m|h|d|w)$/.exec(text)
  if (ago !== null) return Math.max(0, nowMs - Number(ago[1]) * unitsMs[ago[2]!]!)
  const day = /^\d{4}-\d{2}-\d{2}$/
  const moment = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/
  if (!day.test(text) && !moment.test(text)) return undefined
  const timeMs = Date.parse(text.toUpperCase().replace(' ', 'T'))
  return Number.isNaN(timeMs) ? undefined : timeMs
}
