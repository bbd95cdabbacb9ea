/**
 * The body of SEND_BATCH_MESSAGE: messages of one topic, one after the other, without topic and hosts.
 * Java: MessageDecoder.encodeMessage, decodeMessages (of a batch).
 *
 * Each entry: size of the entry 4, magic 4 and body CRC 4 (both 0 and unchecked), flag 4, body length 4 and body,
 * properties' length 2 and properties.
 */
import { MqError } from '../kit/errors.ts'
import { propertiesBytesMax } from './message-properties.ts'

export interface BatchEntry {
  readonly flag: number
  readonly body: Buffer
  /** The property string in UTF-8. */
  readonly properties: Buffer
}

const headBytes = 20

const sizeOf = (entry: BatchEntry): number => headBytes + entry.body.length + 2 + entry.properties.length

/** Throws MQ_MESSAGE_INVALID when a property string is too long. */
export const encodeBatch = (entries: readonly BatchEntry[]): Buffer => {
  const bytes = Buffer.alloc(entries.reduce((sum, entry) => sum + sizeOf(entry), 0))
  let at = 0
  for (const entry of entries) {
    if (entry.properties.length > propertiesBytesMax) {
      throw new MqError(
        'MQ_MESSAGE_INVALID',
        `properties of ${entry.properties.length} bytes exceed ${propertiesBytesMax}`
      )
    }
    bytes.writeInt32BE(sizeOf(entry), at)
    bytes.writeInt32BE(entry.flag, at + 12)
    bytes.writeInt32BE(entry.body.length, at + 16)
    at += headBytes
    at += entry.body.copy(bytes, at)
    at = bytes.writeInt16BE(entry.properties.length, at)
    at += entry.properties.copy(bytes, at)
  }
  return bytes
}

/**
 * Reads a batch; bodies and properties are parts of `bytes`, not copies. Throws MQ_MESSAGE_INVALID when an entry does
 * not fit into the batch, does not end where it says, or more than `entriesMax` follow each other.
 */
export const decodeBatch = (bytes: Buffer, entriesMax = Number.POSITIVE_INFINITY): BatchEntry[] => {
  const entries: BatchEntry[] = []
  for (let at = 0; at < bytes.length; ) {
    const index = entries.length
    if (index >= entriesMax) throw new MqError('MQ_MESSAGE_INVALID', `more than ${entriesMax} messages in one batch`)
    const left = bytes.length - at
    const size = left < headBytes + 2 ? 0 : bytes.readInt32BE(at)
    const bodyBytes = size < headBytes + 2 || size > left ? -1 : bytes.readInt32BE(at + 16)
    if (bodyBytes < 0 || bodyBytes > size - headBytes - 2) throw broken(index)
    const bodyEnd = at + headBytes + bodyBytes
    const propertiesAt = bodyEnd + 2
    if (propertiesAt + bytes.readInt16BE(bodyEnd) !== at + size) throw broken(index)
    entries.push({
      flag: bytes.readInt32BE(at + 12),
      body: bytes.subarray(at + headBytes, bodyEnd),
      properties: bytes.subarray(propertiesAt, at + size)
    })
    at += size
  }
  return entries
}

const broken = (index: number): MqError =>
  new MqError('MQ_MESSAGE_INVALID', `the lengths of message ${index} of the batch do not fit together`)
