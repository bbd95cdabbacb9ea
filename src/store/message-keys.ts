/**
 * The keys by which a message can be found, as hashes: KEYS (several, split by blanks), UNIQ_KEY and TAGS. Pure. The hash only
 * narrows the search; the answer compares the real keys.
 */
import { parseProperties } from '../protocol/message-properties.ts'
import type { KeyQuery } from './contract.ts'

const prime = 0x0100_0193
const nameEnd = 1
const entryEnd = 2
const blank = 0x20
const keysWord = 0x4b45_5953
const tagsWord = 0x5441_4753
const uniqWord = 0x554e_4951
const keyWord = 0x5f4b_4559
const kinds = { K: 0x4b, U: 0x55, T: 0x54 } as const

/** FNV-1a over a topic: where the hashes of its keys begin. */
export const topicSeed = (topic: Buffer): number => {
  let hash = 0x811c_9dc5
  for (const byte of topic) hash = Math.imul(hash ^ byte, prime)
  return hash | 0
}

const hashOf = (seed: number, kind: number, bytes: Buffer, start: number, end: number): number => {
  let hash = Math.imul(seed ^ kind, prime)
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, prime)
  // Spreads what FNV leaves alike for keys that differ in their last byte.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export const keyHash = (topic: string, kind: KeyQuery['kind'], key: string): number => {
  const bytes = Buffer.from(key)
  return hashOf(topicSeed(Buffer.from(topic)), kinds[kind], bytes, 0, bytes.length)
}

/** Kind of a property name at `start`, or 0. */
const kindAt = (bytes: Buffer, start: number, end: number): number => {
  const length = end - start
  if (length === 4) {
    const word = bytes.readUInt32BE(start)
    return word === keysWord ? kinds.K : word === tagsWord ? kinds.T : 0
  }
  const unique = length === 8 && bytes.readUInt32BE(start) === uniqWord && bytes.readUInt32BE(start + 4) === keyWord
  return unique ? kinds.U : 0
}

/** Puts the hashes of all keys in a property string into `hashes`; returns how many. */
export const collectHashes = (seed: number, bytes: Buffer, start: number, end: number, hashes: number[]): number => {
  let count = 0
  for (let at = start; at < end; ) {
    let split = at
    while (split < end && bytes[split] !== nameEnd && bytes[split] !== entryEnd) split++
    let stop = split
    while (stop < end && bytes[stop] !== entryEnd) stop++
    const kind = split < stop ? kindAt(bytes, at, split) : 0
    if (kind === kinds.K) {
      for (let word = split + 1; word < stop; ) {
        let wordEnd = word
        while (wordEnd < stop && bytes[wordEnd] !== blank) wordEnd++
        if (wordEnd > word) hashes[count++] = hashOf(seed, kind, bytes, word, wordEnd)
        word = wordEnd + 1
      }
    } else if (kind !== 0 && stop > split + 1) {
      hashes[count++] = hashOf(seed, kind, bytes, split + 1, stop)
    }
    at = stop + 1
  }
  return count
}

/** Whether a property string really has the key. */
export const hasKey = (properties: Buffer, kind: KeyQuery['kind'], key: string): boolean => {
  const found = parseProperties(properties)
  if (kind === 'K') return (found.get('KEYS') ?? '').split(' ').includes(key)
  return found.get(kind === 'U' ? 'UNIQ_KEY' : 'TAGS') === key
}
