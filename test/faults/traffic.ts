/**
 * The messages of a fault run. Everything about one follows from its id, so that a reader can tell whether what it was
 * given is what was sent, without a list of bodies.
 */
import { crc32 } from 'node:zlib'
import type { MessageDraft, MetaChange } from '../../src/store/contract.ts'
import { propertyText, type RawMessage } from '../support/raw-message.ts'
import { seeded } from '../support/seeded.ts'

export const topic = 'FaultTopic'
export const queueCount = 4

/** Rows as a broker keeps them, to be found again whole. */
export const metaRows: readonly MetaChange[] = Array.from({ length: 40 }, (_, n) => ({
  table: n % 2 === 0 ? 'topic' : 'offset',
  key: `row-${n}`,
  value: JSON.stringify({ n, text: 'x'.repeat(n * 7) })
}))

export interface Content {
  readonly body: Buffer
  readonly properties: string
  readonly flag: number
}

const pool = seeded(20_26).bytes(1 << 18)

/** Mostly below 2 KiB; one in 400 is larger than a chunk of the log. */
const sizeOf = (number: number): number => {
  const spread = Math.imul(number + 1, 0x9e3779b1) >>> 0
  return spread % 400 === 7 ? 70_000 + (spread % 9_000) : 32 + (spread % 1_900)
}

export const idOf = (run: string, number: number): string => `${run}-${number}`
const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1))

export const queueIdOf = (id: string): number => numberOf(id) % queueCount
export const keyOf = (id: string): string => `key-${id}`
export const uniqueKeyOf = (id: string): string => `UNIQ${id}`

export const contentOf = (id: string): Content => {
  const number = numberOf(id)
  const size = sizeOf(number)
  const start = (Math.imul(number + 3, 0x85ebca6b) >>> 0) % (pool.length - 80_000)
  const body = Buffer.concat([Buffer.from(`${id}|`), pool.subarray(start, start + size)])
  const properties = propertyText({
    KEYS: keyOf(id),
    UNIQ_KEY: uniqueKeyOf(id),
    TAGS: `Tag${number % 3}`,
    WAIT: 'true'
  })
  return { body, properties, flag: number & 0xff }
}

const digest = (flag: number, body: Buffer, tags: string, keys: string, unique: string): string =>
  `${flag}:${body.length}:${crc32(body).toString(16)}:${tags}:${keys}:${unique}`

export const digestOf = (id: string): string => {
  const { body, flag } = contentOf(id)
  return digest(flag, body, `Tag${numberOf(id) % 3}`, keyOf(id), uniqueKeyOf(id))
}

export const draftOf = (id: string): MessageDraft => {
  const { body, properties, flag } = contentOf(id)
  return {
    topic,
    queueId: queueIdOf(id),
    flag,
    sysFlag: 0,
    bornTimestamp: 1_700_000_000_000,
    bornHost: Buffer.from([127, 0, 0, 1, 0, 0, 0, 80]),
    reconsumeTimes: 0,
    preparedTransactionOffset: 0,
    body,
    properties: Buffer.from(properties),
    tagsCode: 0
  }
}

/** Id and digest of a message as it was read. */
export const identify = (message: RawMessage): { id: string; digest: string } => {
  const bar = message.body.indexOf('|')
  const property = (name: string): string => message.properties.get(name) ?? ''
  return {
    id: bar < 0 ? `?${message.body.subarray(0, 20).toString('hex')}` : message.body.toString('latin1', 0, bar),
    digest: digest(message.flag, message.body, property('TAGS'), property('KEYS'), property('UNIQ_KEY'))
  }
}
