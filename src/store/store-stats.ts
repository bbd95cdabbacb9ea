/** The store's figures, put together from its parts. */
import type { StoreStats } from './contract.ts'
import type { DiskGuard } from './disk-guard.ts'
import type { Durability } from './durability.ts'
import type { StoreParts } from './store-parts.ts'

/** What the store itself counts. */
type OwnCounts = 'appendedMessages' | 'appendedBytes' | 'groupsCommitted'

export const readStats = (
  { segments, ring, queueReader, logReader, table }: StoreParts,
  durability: Durability,
  disk: DiskGuard
): Omit<StoreStats, OwnCounts> => ({
  minPhysicalOffset: segments.first.start,
  maxPhysicalOffset: ring.committed,
  flushedPhysicalOffset: durability.flushedEnd,
  dispatchedPhysicalOffset: durability.queuesEnd,
  earliestStoreTimestamp: segments.first.firstStoreTime,
  diskFreeBytes: disk.space.freeBytes,
  diskTotalBytes: disk.space.totalBytes,
  queueCount: table.count,
  segmentCount: segments.list.length,
  recentHits: queueReader.hits,
  recentMisses: queueReader.misses,
  corruptionsFound: logReader.corruptions
})
