/** The number that a consume queue keeps of a message's tag. Java: String.hashCode, MessageExtBrokerInner.tagsString2tagsCode. */

/** Java's String.hashCode over UTF-16 units, 32 bit, signed. */
export const javaHashCode = (text: string): number => {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}

/** The code of a message with this TAGS property; without one it is 0. The queue stores it sign-extended to 64 bits. */
export const tagsCode = (tags: string | undefined): number => (tags === undefined ? 0 : javaHashCode(tags))

/** `javaHashCode` of the UTF-8 text in `bytes[start, end)`, without a string while it is ASCII. */
export const tagsCodeOfBytes = (bytes: Buffer, start: number, end: number): number => {
  let hash = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte > 0x7f) return javaHashCode(bytes.toString('utf8', start, end))
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  return hash
}
