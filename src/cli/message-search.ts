/** What the flags of `message query` ask of the admin. */
import type { Admin, FoundMessages } from '../admin/admin.ts'
import { systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { parseTime } from './offsets.ts'

export interface SearchFlags {
  readonly topic: string
  readonly key?: string | undefined
  readonly id?: string | undefined
  readonly offset?: string | undefined
  readonly limit: number
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Throws MQ_USAGE for a place or time that cannot be read; rejects with MQ_NOT_FOUND when there is nothing. */
export const findMessages = async (admin: Admin, flags: SearchFlags): Promise<FoundMessages> => {
  const { topic, key, id, offset } = flags
  if (key !== undefined) {
    const fromMs = timeOf('--from', flags.from) ?? 0
    const toMs = timeOf('--to', flags.to) ?? Number.MAX_SAFE_INTEGER
    const found = await admin.messagesByKey({ topic, key, limit: flags.limit, fromMs, toMs })
    if (found.items.length > 0) return found
    throw new MqError('MQ_NOT_FOUND', `no message of ${topic} has the key ${key}`)
  }
  if (id !== undefined) return single(await admin.messageById(topic, id))
  const place = /^(.+)\/(\d{1,9})\/(\d{1,15})$/.exec(offset ?? '')
  if (place === null) {
    throw new MqError('MQ_USAGE', `${JSON.stringify(offset)} is no place`, {
      suggestions: ['write it as BROKER/QUEUE/OFFSET, such as broker-a/0/17']
    })
  }
  return single(await admin.messageByOffset(topic, place[1]!, Number(place[2]), Number(place[3])))
}

const single = (row: FoundMessages['items'][number]): FoundMessages => ({
  items: [row],
  warnings: [],
  truncated: false
})

const timeOf = (flag: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const timeMs = parseTime(text, systemClock.now())
  if (timeMs === undefined) {
    throw new MqError('MQ_USAGE', `${flag} ${JSON.stringify(text)} is no time, as 2026-11-24T10:00:00Z or -90m are`)
  }
  return timeMs
}
