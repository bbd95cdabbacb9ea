/** How the queues of a topic are shared among the members of a group: pure functions that all members compute alike. */

/** What a queue is to a strategy. */
export interface SharedQueue {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
}

/**
 * The queues of `own`. All members must pass the same queues in the same order, and the same member ids, in whatever
 * order. A member that is not among the ids gets none.
 */
export type Rebalance = <Queue extends SharedQueue>(
  queues: readonly Queue[],
  memberIds: Iterable<string>,
  own: string
) => readonly Queue[]

/** Each id once, in the order of Java: by UTF-16 units, as the default order of `sort` is. */
export const membersInOrder = (memberIds: Iterable<string>): string[] => [...new Set(memberIds)].sort()
