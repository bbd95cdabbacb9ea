/** A long row of messages cut into batches that fit into one request each. Pure. */
import type { Packed } from './outgoing-message.ts'

/** Sizes, magic, checksum, flag and lengths around each body and its properties. */
const entryBytes = 22
/** A batch that a broker splits again costs it one index entry a message; Java's split is by size alone. */
const messagesMax = 1000

/** In the given order; a message that is too large alone makes a batch of its own. */
export function* batchesOf(messages: readonly Packed[], bytesMax: number): Generator<readonly Packed[]> {
  let batch: Packed[] = []
  let bytes = 0
  for (const message of messages) {
    const size = entryBytes + message.body.length + Buffer.byteLength(message.properties)
    if (batch.length > 0 && (bytes + size > bytesMax || batch.length === messagesMax)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(message)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
