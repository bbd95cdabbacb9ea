/** How values of mqadmin's options are written for `mq`. Pure; each throws MQ_USAGE with the values that there are. */
import { MqError } from '../../kit/errors.ts'

const perms: ReadonlyMap<string, string> = new Map([
  ['2', 'W'],
  ['4', 'R'],
  ['6', 'RW']
])

/** 2, 4, 6 → W, R, RW. */
export const permWord = (value: string): string => {
  const word = perms.get(value)
  if (word === undefined) throw new MqError('MQ_USAGE', `-p ${value} is no permission: 2 = W, 4 = R, 6 = RW`)
  return word
}

/** `+a=b,+c=d` → each on its own, as `--attr` takes it. */
export const attributeList = (value: string): string[] => value.split(',').map(one => one.trim().replace(/^\+/, ''))

/** The end of the year 9999: Apache's own default is far beyond what a calendar can write. */
const lastMs = 253_402_300_799_999
const localTime = /^(\d{4})-(\d\d)-(\d\d)#(\d\d):(\d\d):(\d\d)(?::(\d{3}))?$/

/** `now`, milliseconds, or `yyyy-MM-dd#HH:mm:ss:SSS` in the time zone of this machine → what `mq` reads as a time. */
export const timeText = (value: string): string => {
  if (value === 'now') return '-0s'
  if (/^\d{1,19}$/.test(value)) return new Date(Math.min(Number(value), lastMs)).toISOString()
  const match = localTime.exec(value)
  if (match === null) {
    throw new MqError('MQ_USAGE', `${value} is no time: now, milliseconds since 1970, or 2026-01-31#23:59:59:000`)
  }
  const [year, month, day, hour, minute, second, ms] = match.slice(1).map(text => Number(text ?? 0))
  return new Date(year!, month! - 1, day!, hour!, minute!, second!, ms!).toISOString()
}

/** `-b`, `-e`: a span of time as `--offset` takes it; nothing when neither was given. */
export const timeRange = (begin: string | undefined, end: string | undefined): string[] => {
  if (begin === undefined && end === undefined) return []
  const from = begin === undefined ? '' : timeText(begin)
  return ['--offset', end === undefined ? `@${from}` : `@${from}:${timeText(end)}`]
}
