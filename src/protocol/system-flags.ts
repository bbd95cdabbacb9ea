/** Bit sets that RocketMQ calls sysFlag; the same word means four different sets. */

/** Of a message. Java: MessageSysFlag. */
export const messageFlags = {
  COMPRESSED: 0x1,
  MULTI_TAGS: 0x2,
  TRANSACTION_PREPARED: 0x4,
  TRANSACTION_COMMIT: 0x8,
  TRANSACTION_ROLLBACK: 0xc,
  BORN_HOST_V6: 0x10,
  STORE_HOST_V6: 0x20,
  NEED_UNWRAP: 0x40,
  INNER_BATCH: 0x80,
  /** How a compressed body is compressed: 0 = zlib (old clients), 0x100 LZ4, 0x200 zstd, 0x300 zlib. */
  COMPRESSION_TYPE_MASK: 0x700
} as const

/** The two bits of a transaction's state. */
export const transactionMask = messageFlags.TRANSACTION_ROLLBACK

export type Compression = 'none' | 'zlib' | 'lz4' | 'zstd'

/** How the body of a message with this sysFlag is compressed; undefined for a type that no version defines. */
export const compressionOf = (sysFlag: number): Compression | undefined => {
  if ((sysFlag & messageFlags.COMPRESSED) === 0) return 'none'
  const types: Readonly<Record<number, Compression>> = { 0: 'zlib', 256: 'lz4', 512: 'zstd', 768: 'zlib' }
  return types[sysFlag & messageFlags.COMPRESSION_TYPE_MASK]
}

/** Of a pull request. Java: PullSysFlag. */
export const pullFlags = {
  COMMIT_OFFSET: 0x1,
  SUSPEND: 0x2,
  SUBSCRIPTION: 0x4,
  CLASS_FILTER: 0x8,
  LITE_PULL: 0x10
} as const

/** Of a topic. Java: TopicSysFlag. */
export const topicFlags = { UNIT: 0x1, UNIT_SUB: 0x2 } as const
