/** `produce --delay`: the time in words, as one of the levels that brokers have. Pure. Java: MessageStoreConfig.messageDelayLevel. */
import { MqError } from '../kit/errors.ts'

/** What brokers have unless they are set otherwise: level 1 first. */
export const usualDelayLevels = '1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h'

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000]
])

interface Level {
  readonly level: number
  readonly text: string
  readonly ms: number
}

const levelsOf = (table: string): Level[] =>
  table
    .trim()
    .split(/\s+/)
    .flatMap((text, at) => {
      const match = /^(\d+)([smhd])$/.exec(text)
      return match === null ? [] : [{ level: at + 1, text, ms: Number(match[1]) * unitsMs.get(match[2]!)! }]
    })

/** The level that waits so long. `table` is the broker's `messageDelayLevel`. Throws MQ_USAGE with the nearest ones. */
export const delayLevelOf = (delayMs: number, table: string): number => {
  const levels = levelsOf(table).sort((left, right) => left.ms - right.ms)
  const exact = levels.find(({ ms }) => ms === delayMs)
  if (exact !== undefined) return exact.level
  const shorter = levels.findLast(({ ms }) => ms < delayMs)
  const longer = levels.find(({ ms }) => ms > delayMs)
  const near = [shorter, longer].flatMap(level => (level === undefined ? [] : [level]))
  throw new MqError('MQ_USAGE', `no delay level of the broker waits ${delayMs / 1000} s; its levels: ${table}`, {
    suggestions: near.map(({ text, level }) => `--delay ${text} (level ${level})`)
  })
}
