/** Which queues a member of a group reads: consecutive runs of equal length, the first members taking the rest. Java: AllocateMessageQueueAveragely. */

/** All members must pass the same queues in the same order, and the same member ids. A stranger gets none. */
export const allocateAveragely = <Queue>(
  queues: readonly Queue[],
  memberIds: Iterable<string>,
  own: string
): readonly Queue[] => {
  // Java sorts by UTF-16 units, as the default order of `sort` does.
  const members = [...new Set(memberIds)].sort()
  const index = members.indexOf(own)
  if (index < 0) return []
  const share = Math.floor(queues.length / members.length)
  const rest = queues.length % members.length
  const start = index * share + Math.min(index, rest)
  return queues.slice(start, start + share + (index < rest ? 1 : 0))
}
