/**
 * The delay levels: `messageDelayLevel` = "1s 5s 10s …"; level 1 is the first. A delayed message waits in one queue per
 * level of SCHEDULE_TOPIC_XXXX. Java: ScheduleMessageService.parseDelayLevel.
 */
import type { Clock } from '../../kit/clock.ts'
import { MqError } from '../../kit/errors.ts'

export const defaultDelayLevels = '1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h'

export interface DelayLevels {
  /** The highest level; a message that asks for more gets this one. */
  readonly max: number
  /** How long a level waits, in milliseconds. Levels outside 1..max count as the nearest. */
  delayMs(level: number): number
  /**
   * The time that delays are counted in: the wall clock as it was at the start, moved on by the monotonic one. So a wall
   * clock that is set forward makes no message early, and one that is set back makes none late.
   */
  now(): number
}

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000]
])

/** Throws MQ_CONFIG_INVALID when an entry is not digits followed by s, m, h or d. */
export const createDelayLevels = (clock: Clock, text: string = defaultDelayLevels): DelayLevels => {
  const delays = text.trim().split(/\s+/).map(entryMs)
  const start = clock.now() - clock.monotonic()
  return {
    max: delays.length,
    delayMs: level => delays[Math.min(Math.max(level, 1), delays.length) - 1]!,
    now: () => Math.ceil(start + clock.monotonic())
  }
}

const entryMs = (entry: string): number => {
  const match = /^(\d{1,7})([smhd])$/.exec(entry)
  if (match === null) {
    throw new MqError(
      'MQ_CONFIG_INVALID',
      `messageDelayLevel holds ${JSON.stringify(entry.slice(0, 64))}, expected digits followed by s, m, h or d, such as 30s`
    )
  }
  return Number(match[1]) * unitsMs.get(match[2]!)!
}
