/**
 * The header fields that the hot codec knows, each with a slot, and a look-up from the bytes of a name to its slot.
 * One-letter names of SEND_MESSAGE_V2 and long names have slots of their own: which of them count depends on the code.
 */
const longNames = [
  'producerGroup',
  'topic',
  'defaultTopic',
  'defaultTopicQueueNums',
  'queueId',
  'sysFlag',
  'bornTimestamp',
  'flag',
  'properties',
  'reconsumeTimes',
  'unitMode',
  'batch',
  'maxReconsumeTimes',
  'consumerGroup',
  'queueOffset',
  'maxMsgNums',
  'commitOffset',
  'suspendTimeoutMillis',
  'subscription',
  'subVersion',
  'expressionType',
  'maxMsgBytes',
  'requestSource',
  'liteTopic'
] as const
export type LongName = (typeof longNames)[number]

const letterCount = 26
export const slotCount = letterCount + longNames.length

/** Slot of a one-letter name from a to z. */
export const letterSlot = (letter: string): number => letter.charCodeAt(0) - 0x61
export const nameSlot = (name: LongName): number => letterCount + longNames.indexOf(name)

/** Names are told apart by this; a clash is found when the table is made. */
const hash = (length: number, first: number, middle: number, last: number): number =>
  (length + first + middle * 3 + last) & 127

const names: (Buffer | undefined)[] = new Array(128).fill(undefined)
const slots = new Int16Array(128)
for (const name of longNames) {
  const bytes = Buffer.from(name)
  const key = hash(bytes.length, bytes[0]!, bytes[bytes.length >> 1]!, bytes[bytes.length - 1]!)
  if (names[key] !== undefined) throw new Error(`the hash of ${name} is taken: choose other factors`)
  names[key] = bytes
  slots[key] = nameSlot(name)
}

/** The slot of the name in `bytes[start, end)`, or -1 for one that does not matter here. */
export const slotOf = (bytes: Buffer, start: number, end: number): number => {
  const length = end - start
  const first = bytes[start]!
  if (length === 1) return first >= 0x61 && first <= 0x7a ? first - 0x61 : -1
  if (length === 0) return -1
  const key = hash(length, first, bytes[start + (length >> 1)]!, bytes[end - 1]!)
  const name = names[key]
  if (name === undefined || name.length !== length) return -1
  for (let i = 0; i < length; i++) if (name[i] !== bytes[start + i]) return -1
  return slots[key]!
}
