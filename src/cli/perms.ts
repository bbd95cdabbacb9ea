/** What clients may do with a topic, as people write it. Pure. */
import { MqError } from '../kit/errors.ts'

const words: ReadonlyMap<string, number> = new Map([
  ['RW', 6],
  ['R', 4],
  ['W', 2],
  ['0', 0],
  ['6', 6],
  ['4', 4],
  ['2', 2]
])

/** `RW`, `R`, `W`, `0`, or the number that RocketMQ has for it: bits of permissions. Throws MQ_USAGE. */
export const parsePerm = (text: string): number => {
  const bits = words.get(text.toUpperCase())
  if (bits !== undefined) return bits
  throw new MqError('MQ_USAGE', `${JSON.stringify(text)} is no permission, as RW, R, W and 0 are`)
}

/** The word for what a broker says: nothing allowed is `0`. */
export const permWord = (perm: string): string => (perm === '' ? '0' : perm)
