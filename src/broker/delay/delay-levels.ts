/**
 * The delay levels: `messageDelayLevel` = "1s 5s 10s …"; level 1 is the first. A delayed message waits in one queue per
 * level of SCHEDULE_TOPIC_XXXX. Java: ScheduleMessageService.parseDelayLevel.
 */
import { MqError } from '../../kit/errors.ts'

export const scheduleTopic = 'SCHEDULE_TOPIC_XXXX'
export const defaultDelayLevels = '1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h'

export interface DelayLevels {
  /** The highest level; a message that asks for more gets this one. */
  readonly max: number
  /** How long a level waits, in milliseconds. Levels outside 1..max count as the nearest. */
  delayMs(level: number): number
}

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000]
])

/** Throws MQ_CONFIG_INVALID when an entry is not digits followed by s, m, h or d. */
export const parseDelayLevels = (text: string): DelayLevels => {
  const delays = text.trim().split(/\s+/).map(entryMs)
  return {
    max: delays.length,
    delayMs: level => delays[Math.min(Math.max(level, 1), delays.length) - 1]!
  }
}

const entryMs = (entry: string): number => {
  const match = /^(\d{1,7})([smhd])$/.exec(entry)
  if (match === null) {
    throw new MqError(
      'MQ_CONFIG_INVALID',
      `messageDelayLevel holds ${JSON.stringify(entry)}, expected digits followed by s, m, h or d, such as 30s`
    )
  }
  return Number(match[1]) * unitsMs.get(match[2]!)!
}

export const queueOfLevel = (level: number): number => level - 1
