/** Consecutive runs of equal length, the first members taking the rest. Java: AllocateMessageQueueAveragely. */
import { membersInOrder, type Rebalance } from './rebalance.ts'

/** The default of all clients: members of other languages share in this way too. */
export const average: Rebalance = (queues, memberIds, own) => {
  const members = membersInOrder(memberIds)
  const index = members.indexOf(own)
  if (index < 0) return []
  const share = Math.floor(queues.length / members.length)
  const rest = queues.length % members.length
  const start = index * share + Math.min(index, rest)
  return queues.slice(start, start + share + (index < rest ? 1 : 0))
}
